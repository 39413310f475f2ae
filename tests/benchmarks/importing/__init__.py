"""Rows 10 and 11: storing account days, without the reading of files."""
