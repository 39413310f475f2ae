"""Customer issues in Slack: heard, shown, asked about and set up."""
