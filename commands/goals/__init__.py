"""Goals: said in plain words, watched, and announced."""
