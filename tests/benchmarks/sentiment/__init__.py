"""Labelling mentions: texts a second of each model, and all of it with the database."""
