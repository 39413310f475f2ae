"""Records answered: web, ads, sales, voice, loyalty."""
