"""Find who did what to whom and code it as a PLOVER event."""
