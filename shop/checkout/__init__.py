"""Placing an order: the one room that sees everything below."""
