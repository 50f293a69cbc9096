"""`datapackage.json`: what the data files are, by the Data Package standard, version 2.

Every file is a resource with its size, its SHA-256 and, if it is a table, each of its columns. It says nothing of when it was
made, so that the same archive has the same package.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from generator.data.columns import CSV_COLUMNS, JSON_COLUMNS, Column
from generator.data.files import DataFile
from generator.settings import Settings

_STANDARD = "https://datapackage.org/profiles/2.0/datapackage.json"

# Format, media type and columns of a file by its ending, and what it is.
_TABLES: dict[str, tuple[str, Sequence[Column], str]] = {
    "csv": (
        "text/csv",
        CSV_COLUMNS,
        "One row for each cable, without its text. Values of a list are separated by '|'.",
    ),
    "jsonl": ("application/jsonl", JSON_COLUMNS, "All of each cable, its text too, as one line of JSON."),
}
_DATABASE = "All cables as a SQLite database with a full-text index."


def data_package(files: Iterable[DataFile], settings: Settings, way_to: Callable[[DataFile], str]) -> bytes:
    """The package of some files; `way_to` gives the path or full address of one."""
    package: dict[str, Any] = {"$schema": _STANDARD, "name": "cables", "title": settings.title}
    if settings.description:
        package["description"] = settings.description
    if settings.site_url:
        package["homepage"] = settings.site_url
    package["resources"] = [_resource(file, way_to(file)) for file in files]
    return msgspec.json.format(msgspec.json.encode(package), indent=1) + b"\n"


def _resource(file: DataFile, way: str) -> dict[str, Any]:
    resource: dict[str, Any] = {"name": file.name, "path": way}
    own = {"bytes": file.size, "hash": f"sha256:{file.sha256}"}
    if file.ending not in _TABLES:
        about = {"format": "sqlite", "mediatype": "application/vnd.sqlite3", "description": _DATABASE}
        return resource | about | own
    mediatype, columns, description = _TABLES[file.ending]
    fields = [{"name": column.name, "type": column.type, "description": column.about} for column in columns]
    return (
        resource
        | {"type": "table", "format": file.ending, "mediatype": mediatype, "encoding": "utf-8"}
        | {"description": description}
        | own
        | {"schema": {"fields": fields, "primaryKey": ["address"]}}
    )
