"""The way to a star: self-assessment, the dossier on its route, the council, the decision."""
