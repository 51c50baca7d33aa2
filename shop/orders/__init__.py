"""What was bought: orders, the part of each stall, and every step until the buyer has it."""
