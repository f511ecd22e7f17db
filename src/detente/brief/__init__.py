"""Write what changed for a reader with five minutes, each line linked to its sentence."""
