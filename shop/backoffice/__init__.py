"""The operators' rooms: the audit trail, the state of the floor, its invariants."""
