"""Rows 1 to 4: from Slack's request to its acknowledgement and to the answer."""
