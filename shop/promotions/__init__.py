"""Vouchers of stalls and of the floor: what they take off, who bears it, how often."""
