"""A/B tests in Slack: begun by words or a form, looked at, ended, taken back."""
