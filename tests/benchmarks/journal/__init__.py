"""Row 12: events that are on the disk when their sender is told."""
