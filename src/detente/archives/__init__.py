"""The great event data sets beside the ledger: GDELT, ICEWS, POLECAT, ACLED in Parquet."""

from detente.archives.archive import Archive, Counts
from detente.archives.importing import Imported, import_files
from detente.archives.schema import ORIGINS, Origin
from detente.model.windows import Window

__all__ = ["ORIGINS", "Archive", "Counts", "Imported", "Origin", "Window", "import_files"]
