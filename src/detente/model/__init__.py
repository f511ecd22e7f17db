"""The things the rest of the program talks about: documents, evidence, actors, events, statements, dyads."""
