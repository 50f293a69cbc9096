"""A data file of the site, as the data package and the page tell of it."""

from msgspec import Struct


class DataFile(Struct, frozen=True, kw_only=True):
    """A file that holds data."""

    address: str
    ending: str  # 'csv', 'jsonl', 'sqlite'
    part: str  # '' for all cables, '2008', '2008-11', '2008-00' for those of an unknown month, 'undated'
    cables: int
    size: int  # bytes
    sha256: str

    @property
    def name(self) -> str:
        """Its name in its folder."""
        return self.address.rpartition("/")[2]
