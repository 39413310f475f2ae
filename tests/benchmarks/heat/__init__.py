"""The heat map of a million posts, beside pandas doing the same."""
