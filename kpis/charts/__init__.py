"""Charts: a ``Picture`` is plain data; one file a kind draws it, in worker processes."""
