"""Row 19: Home opens, beside a text answer."""
