"""The index: a projection of the catalogue that finds goods however they are typed."""
