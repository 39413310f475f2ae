"""Accounts and competitors, and who is an admin: lists and forms."""
