"""Attacks and accidents: rows 18–21, 25–31, 35–37, 40–42 and 44 of the reliability page."""
