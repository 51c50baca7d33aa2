"""A make-believe Stripe, VNPAY and bank, for trying the floor out; there is none in production.

They speak the real protocols, so that the very adapters and the real library are at work. What
they remember lies in `DATA_DIR/sandbox.db`, apart from the floor's own tables.
"""
