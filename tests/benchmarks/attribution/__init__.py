"""Row 15: credits of a million touches, beside pandas working out the same."""
