"""Digests: when they are due, how they are set up, and that each comes once."""
