"""Questions to records, with ten times the history and ten times the rows a day."""
