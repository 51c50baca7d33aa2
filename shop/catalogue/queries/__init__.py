"""What the pages of the catalogue read, one file per audience."""
