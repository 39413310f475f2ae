"""A team's own KPIs in Slack: declared, counted, listed, removed and brought back."""
