"""Settings: the workspace's, a channel's, their file and their history."""
