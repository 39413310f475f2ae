"""What the command line does, one file for each kind of thing."""
