"""The tests: specifications, units, journeys, drills."""
