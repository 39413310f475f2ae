"""How Kepi itself is: what went out, what did not, and what it is waiting for."""
