"""Labels of mentions: made in the background, looked over and corrected by people."""
