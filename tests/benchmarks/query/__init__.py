"""Rows 8 and 9: questions over 1.75 (and 17.5) million facts."""
