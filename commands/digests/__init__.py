"""Digests: set up, shown before they go out, sent, and what is pressed under them."""
