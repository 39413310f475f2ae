"""Row 20: what two hundred installed workspaces cost a command."""
