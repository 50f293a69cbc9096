"""`archive.sqlite`: all cables as tables, with an index of their words, for SQLite and Datasette.

It is written whole, row after row in the order of all records, and so has the same bytes whenever the same version of SQLite
writes it; another version leaves its number in the file, and may lay it out in another way.
"""

import errno
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from generator.lexicon import Lexicon

_TABLES = """
CREATE TABLE posts (
    post TEXT PRIMARY KEY, name TEXT, kind TEXT, country TEXT, latitude REAL, longitude REAL
) WITHOUT ROWID;
CREATE TABLE tags (code TEXT PRIMARY KEY, kind TEXT, name TEXT) WITHOUT ROWID;
CREATE TABLE cables (
    number INTEGER PRIMARY KEY,  -- in the order of their dates; another when cables come or go
    id TEXT,
    date TEXT, date_precision TEXT,
    subject TEXT,
    classification TEXT,
    handling TEXT, captions TEXT,  -- lists, in JSON
    precedence TEXT,
    post TEXT REFERENCES posts (post),
    origin TEXT,
    signer TEXT,
    executive_order TEXT, declassify_on TEXT, classified_by TEXT, reasons TEXT,
    sections INTEGER,
    address TEXT NOT NULL UNIQUE,  -- of its page in the site
    summary TEXT,
    text TEXT NOT NULL
);
CREATE TABLE cable_tags (
    cable INTEGER REFERENCES cables (number), position INTEGER, code TEXT REFERENCES tags (code),
    PRIMARY KEY (cable, position)
) WITHOUT ROWID;
CREATE TABLE addressees (
    cable INTEGER REFERENCES cables (number), list TEXT, position INTEGER,  -- 'action' or 'info'
    name TEXT, routing TEXT, precedence TEXT, serial TEXT,
    PRIMARY KEY (cable, list, position)
) WITHOUT ROWID;
CREATE TABLE cable_references (
    cable INTEGER REFERENCES cables (number), position INTEGER, label TEXT, id TEXT, text TEXT,
    PRIMARY KEY (cable, position)
) WITHOUT ROWID;
CREATE TABLE citations (
    cable INTEGER REFERENCES cables (number), id TEXT, PRIMARY KEY (cable, id)  -- of the cable that it names
) WITHOUT ROWID;
"""

_REST = """
CREATE INDEX cables_id ON cables (id);
CREATE INDEX cables_date ON cables (date);
CREATE INDEX cables_post ON cables (post);
CREATE INDEX cables_classification ON cables (classification);
CREATE INDEX cable_tags_code ON cable_tags (code);
CREATE INDEX addressees_name ON addressees (name);
CREATE INDEX cable_references_id ON cable_references (id);
CREATE INDEX citations_id ON citations (id);
CREATE VIEW cable_list AS
    SELECT cables.id, cables.date, posts.name AS post, cables.classification, cables.subject,
        (SELECT group_concat(code, ' ') FROM cable_tags WHERE cable = cables.number) AS tags, cables.address
    FROM cables LEFT JOIN posts USING (post) ORDER BY cables.number;
CREATE VIEW cables_by_year AS
    SELECT substr(date, 1, 4) AS year, count(*) AS cables FROM cables GROUP BY year ORDER BY year;
CREATE VIEW most_cited AS
    SELECT citations.id, count(*) AS cited_by, (SELECT subject FROM cables WHERE cables.id = citations.id) AS subject
    FROM citations GROUP BY citations.id ORDER BY cited_by DESC, citations.id;
CREATE VIRTUAL TABLE cables_fts USING fts5 (
    subject, text, content="cables", content_rowid="number", tokenize='unicode61 remove_diacritics 2'
);
INSERT INTO cables_fts (cables_fts) VALUES ('rebuild');
INSERT INTO cables_fts (cables_fts) VALUES ('optimize');
"""

_CACHE = 16_000  # kilobytes


class _Line(msgspec.Struct):
    """What the database takes of a record."""

    address: str
    id: str | None
    post: str | None
    origin: str | None
    date: str | None
    date_precision: str | None
    classification: str | None
    handling: list[str]
    captions: list[str]
    precedence: str | None
    action: list[dict[str, Any]]
    info: list[dict[str, Any]]
    executive_order: str | None
    declassify_on: str | None
    classified_by: str | None
    reasons: list[str]
    tags: list[str]
    subject: str | None
    references: list[dict[str, Any]]
    sections: int
    signer: str | None
    summary: str | None
    cites: list[str]
    body: list[dict[str, Any]]


_DECODER = msgspec.json.Decoder(_Line)


def write_database(file: Path, lines: Iterable[bytes], lexicon: Lexicon) -> None:
    """Write the database of some lines of JSON to a new file. Raises OSError where the disk does not let it."""
    try:
        with closing(sqlite3.connect(file, isolation_level=None)) as db:
            db.executescript(
                f"PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -{_CACHE};"
            )
            db.execute("BEGIN")
            _run(db, _TABLES)
            for number, line in enumerate(lines, 1):
                _add(db, number, _DECODER.decode(line))
            _name(db, lexicon)
            _run(db, _REST)
            db.execute("COMMIT")
    except sqlite3.Error as error:
        raise OSError(errno.EIO, str(error), os.fspath(file)) from error


def _run(db: sqlite3.Connection, statements: str) -> None:
    for statement in statements.split(";\n"):
        db.execute(statement)


def _add(db: sqlite3.Connection, number: int, cable: _Line) -> None:
    db.execute(
        f"INSERT INTO cables VALUES ({', '.join('?' * 20)})",  # noqa: S608
        (
            number,
            cable.id,
            cable.date,
            cable.date_precision,
            cable.subject,
            cable.classification,
            _json(cable.handling),
            _json(cable.captions),
            cable.precedence,
            cable.post,
            cable.origin,
            cable.signer,
            cable.executive_order,
            cable.declassify_on,
            cable.classified_by,
            _json(cable.reasons),
            cable.sections,
            cable.address,
            cable.summary,
            "\n\n".join(_texts(cable.body)),
        ),
    )
    many = db.executemany
    many(
        "INSERT INTO cable_tags VALUES (?, ?, ?)",
        [(number, at, code) for at, code in enumerate(cable.tags, 1)],
    )
    for name, addressees in (("action", cable.action), ("info", cable.info)):
        many(
            "INSERT INTO addressees VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (number, name, at, one["name"], one["routing"], one["precedence"], one["serial"])
                for at, one in enumerate(addressees, 1)
            ],
        )
    many(
        "INSERT INTO cable_references VALUES (?, ?, ?, ?, ?)",
        [(number, at, one["label"], one["id"], one["text"]) for at, one in enumerate(cable.references, 1)],
    )
    many("INSERT INTO citations VALUES (?, ?)", [(number, id_) for id_ in cable.cites])


def _json(values: list[str]) -> str:
    return msgspec.json.encode(values).decode()


def _texts(blocks: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The text of each block, with its number and its marking."""
    for block in blocks:
        number = f"{block['number']}. " if "number" in block else ""
        marking = f"({block['marking']}) " if "marking" in block else ""
        opening, _, closing = (
            block.get("text", "").partition("\n") if "blocks" in block else (block.get("text", ""), "", "")
        )
        if opening or number or marking:
            yield f"{number}{marking}{opening}".rstrip(" ")
        if "items" in block:
            yield "\n".join(
                f"{'  ' * item['level']}{item['marker']} {item['text']}" for item in block["items"]
            )
        if "blocks" in block:
            yield from _texts(block["blocks"])
        if closing:
            yield closing


def _name(db: sqlite3.Connection, lexicon: Lexicon) -> None:
    """Add what TAGS codes and posts are called."""
    for (code,) in db.execute("SELECT DISTINCT code FROM cable_tags ORDER BY code").fetchall():
        tag = lexicon.tags.get(code)
        db.execute(
            "INSERT INTO tags VALUES (?, ?, ?)", (code, tag.kind, tag.name) if tag else (code, None, None)
        )
    for (key,) in db.execute(
        "SELECT DISTINCT post FROM cables WHERE post IS NOT NULL ORDER BY post"
    ).fetchall():
        post = lexicon.posts.get(key)
        known = (post.kind, post.country, post.latitude, post.longitude) if post else (None,) * 4
        db.execute("INSERT INTO posts VALUES (?, ?, ?, ?, ?, ?)", (key, lexicon.post_name(key), *known))
