"""Write records in the field's shapes: one line a record, one schema for code, export and API."""
