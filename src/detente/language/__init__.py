"""Parse a document; mark actors, places, dates, quantities; frame each clause: who says it and how."""
