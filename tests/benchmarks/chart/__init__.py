"""Rows 5 to 7: charts of 1600 × 900 pixels."""
