"""The bots that take part, each a program: ``python -m tests.benchmarks.dispatch.bots.NAME``."""
