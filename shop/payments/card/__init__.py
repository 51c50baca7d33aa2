"""Cards through Stripe Checkout: one charge by the floor, then one transfer for each stall."""
