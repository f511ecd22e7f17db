"""Turn the bytes of a page into a document whose text still knows its offsets."""
