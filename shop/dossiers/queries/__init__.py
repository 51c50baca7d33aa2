"""What the pages of dossiers read."""
