"""Chợ Phiên: the open marketplace for OCOP goods."""
