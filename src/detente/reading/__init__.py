"""Turn the bytes of a page into a document whose text still knows its offsets."""

from detente.reading.contract import READER_VERSION, PageReader
from detente.reading.registry import BUILT_IN, ENTRY_POINT_GROUP, read, readers

__all__ = ["BUILT_IN", "ENTRY_POINT_GROUP", "READER_VERSION", "PageReader", "read", "readers"]
