"""Pictures of everything that people see, for the docs; ``python -m tests.pictures`` makes them."""
