"""The process: command line, settings, wiring, serving, the clock."""
