"""Row 13: how long the bot takes to load, and how much memory it then holds."""
