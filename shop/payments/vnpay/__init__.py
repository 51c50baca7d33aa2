"""VNPAY 2.1.0: the buyer is sent to its page, and its server tells us (IPN) what came."""
