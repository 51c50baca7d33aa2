"""Measuring by hand what the pages cost; nothing here runs in the suite."""
