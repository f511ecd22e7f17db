"""Turn the bytes of a page into a document whose text still knows its offsets."""

from detente.reading.contract import READER_VERSION, PageReader
from detente.reading.pieces import main_text
from detente.reading.registry import BUILT_IN, ENTRY_POINT_GROUP, read, readers

__all__ = ["BUILT_IN", "ENTRY_POINT_GROUP", "READER_VERSION", "PageReader", "main_text", "read", "readers"]
