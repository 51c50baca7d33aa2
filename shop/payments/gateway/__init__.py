"""The ways to pay behind the port, and the gateways that they speak with."""
