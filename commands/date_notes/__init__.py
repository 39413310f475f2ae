"""Notes on dates: what happened when, for charts to tell."""
