"""Home and the first steps: what there is to do, and what there is."""
