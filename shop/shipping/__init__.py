"""What delivery costs: each stall's table of fees by province."""
