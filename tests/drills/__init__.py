"""Faults made on purpose, and what Kepi promises then (reliability §3).

A drill is a file here with a ``DRILL``. Its quick form is a test (``test_drills.py``), its long
form a part of ``make drills``, which writes docs/drills.md.
"""
