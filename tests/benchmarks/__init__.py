"""Kepi beside its peers, measured in one run; ``make bench`` prints ratios (performance §7)."""
