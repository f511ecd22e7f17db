"""Keep every record with the passage it came from: store, writer, decisions, views on two clocks."""
