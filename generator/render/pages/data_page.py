"""The page of the data: which files there are, what their columns mean, and how they are opened."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from generator.archive.address import DATA, DATA_PACKAGE, HOME, relative
from generator.archive.layout import PART, Split
from generator.data.columns import CSV_COLUMNS, JSON_COLUMNS, Column
from generator.data.files import DataFile
from generator.render.frame import Frame, Link, make_frame
from generator.render.public import layout_of
from generator.render.words import counted, period_in_words
from generator.settings import Settings

TITLE = "Data"

_INTRODUCTION = "The cables of this archive as data: what their pages say, redactions too, and no more."
_FORMS = {"csv": "CSV", "jsonl": "JSON Lines", "sqlite": "SQLite"}
_WHOLE = {
    "csv": "a table without the text",
    "jsonl": "all of each cable, its text too",
    "sqlite": "a database with a full-text index",
}
# Of which cables the pages are in parts, and how these are called.
_NAMES: Mapping[Split, tuple[str, str]] = {
    "year": ("with a date", "the year, 1974"),
    "decade": ("with a date", "the decade, 1970s"),
    "origin": ("with an id", "the post in small letters, astana"),
}
_MB, _KB = 1_000_000, 1_000


class DataFileLine(Struct, frozen=True, kw_only=True):
    """One file."""

    href: str  # the file
    name: str  # 'cables-2008.csv'
    about: str  # 'CSV, a table without the text'; 'JSON Lines, 2008'
    cables: str  # '2,165 cables'
    size: str  # '1.2 MB'
    sha256: str  # 64 digits


class DataColumn(Struct, frozen=True, kw_only=True):
    """One column of a form."""

    name: str  # 'date_precision'
    type: str  # 'string', by Table Schema
    about: str  # a sentence or two


class DataPage(Struct, frozen=True, kw_only=True):
    """What `data.html` receives as `page`."""

    title: str  # 'Data'
    introduction: str  # a sentence
    files: tuple[DataFileLine, ...]  # form by form, in the order of time
    package: Link  # `datapackage.json`
    site_url: str  # where the site is served, '' where settings do not know it
    home: str  # link to the home page, from which addresses are counted
    parts: str  # a sentence on where the parts of a split archive are, '' for one that is not split
    csv: str  # name of the first table, '' for none
    csv_columns: tuple[DataColumn, ...]  # none where there is no table
    jsonl: str  # name of the first file of JSON Lines, '' for none
    jsonl_columns: tuple[DataColumn, ...]  # none where there is no such file
    sqlite: str  # name of the database, '' for none


def make_data_page(files: Sequence[DataFile], settings: Settings) -> tuple[Frame, DataPage]:
    """Frame and value of the page; `files` are in the order in which it lists them."""
    first = {file.ending: file.name for file in reversed(files)}
    page = DataPage(
        title=TITLE,
        introduction=_INTRODUCTION,
        files=tuple(_lines(files)),
        package=Link(href=relative(DATA, DATA_PACKAGE), label="datapackage.json"),
        site_url=settings.site_url or "",
        home=relative(DATA, HOME),
        parts=_parts(settings),
        csv=first.get("csv", ""),
        csv_columns=_columns(CSV_COLUMNS) if "csv" in first else (),
        jsonl=first.get("jsonl", ""),
        jsonl_columns=_columns(JSON_COLUMNS) if "jsonl" in first else (),
        sqlite=first.get("sqlite", ""),
    )
    return make_frame(settings, DATA, TITLE, description=_INTRODUCTION), page


def _parts(settings: Settings) -> str:
    layout = layout_of(settings)
    if layout is None:
        return ""
    whose, name = _NAMES[layout.split]
    return (
        f"The archive is published in parts: the page of a cable {whose} is counted from {layout.part_url}, where {PART} "
        f"stands for {name}."
    )


def _lines(files: Sequence[DataFile]) -> Iterator[DataFileLine]:
    for file in files:
        what = period_in_words(file.part) if file.part else _WHOLE[file.ending]
        yield DataFileLine(
            href=relative(DATA, file.address),
            name=file.name,
            about=f"{_FORMS[file.ending]}, {what[:1].lower() + what[1:] if file.part == 'undated' else what}",
            cables=counted(file.cables, "cable"),
            size=_size(file.size),
            sha256=file.sha256,
        )


def _columns(columns: Sequence[Column]) -> tuple[DataColumn, ...]:
    return tuple(DataColumn(name=column.name, type=column.type, about=column.about) for column in columns)


def _size(size: int) -> str:
    """'1.2 MB', '340 KB', '812 bytes'."""
    if size >= _MB:
        return f"{size / _MB:,.1f} MB"
    return f"{size / _KB:,.0f} KB" if size >= _KB else counted(size, "byte")
