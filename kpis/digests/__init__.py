"""Digests: what a channel is told by itself, when it is due and what it says."""
