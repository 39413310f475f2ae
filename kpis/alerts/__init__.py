"""Rules that watch the numbers: what is judged, tried on history, and how it is told."""
