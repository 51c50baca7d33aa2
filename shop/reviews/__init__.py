"""What buyers say of goods they received, what stalls answer, what moderators decide."""
