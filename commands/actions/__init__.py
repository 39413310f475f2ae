"""The action log in Slack."""
