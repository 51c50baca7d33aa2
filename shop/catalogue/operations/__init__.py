"""Use cases of the catalogue, one file per thing that changes."""
