"""Poll the feeds, read what is new, tell people."""
