"""Goals: read from plain words, weighed against own history, judged day by day."""
