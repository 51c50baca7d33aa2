"""Ways to pay behind one port, and the record of every đồng claimed, captured, refunded."""
