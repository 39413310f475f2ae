"""Files of unknown layouts: their columns matched once, and remembered."""
