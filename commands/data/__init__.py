"""What data there are, how fresh they are, and what an audit found wrong with them."""
