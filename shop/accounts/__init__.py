"""People: how they come in, who they are, where they live, which devices they use."""
