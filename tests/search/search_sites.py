"""Small made archives as pages with a search: their index written by `plain_index`, and a browser that asks."""

import random
import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from search.plain_index import Limits, PlainCable, plain_index

from generator.search.tokens import tokens

ASSETS = Path(__file__).parents[2] / "templates/assets"
SCRIPTS = ("lookup.js", "find.js")

# Small enough that a hundred cables make pieces of every kind, and many of each.
SMALL = Limits(cables_of_span=24, bytes=160, lengths=16, facets=12, ids=8)

PAGE = '<!doctype html><meta charset="utf-8"><title>Search</title><script src="lookup.js"></script><script src="find.js"></script>\n'


def cable(
    name: str, date: str, subject: str, *paragraphs: str, to: str = "SECSTATE", **more: Any
) -> PlainCable:
    """A cable with the marks that the build would give it; a paragraph that begins with SUMMARY is one."""
    post = more.pop("post", name[2:].rstrip("0123456789"))
    level = more.pop("level", "UNCLASSIFIED")
    tags = more.pop("tags", ())
    marks = [
        *(f"tag:{''.join(tokens(tag))}" for tag in tags),
        *(f"from:{token}" for token in tokens(more.pop("origin", post))),
        *(f"to:{token}" for token in tokens(to)),
        f"class:{''.join(tokens(level))}",
        *more.pop("marks", ()),
    ]
    return PlainCable(
        name=name,
        date=date,
        subject=subject,
        blocks=tuple((text, text.startswith("SUMMARY")) for text in paragraphs),
        post=post,
        level=level,
        tags=tags,
        marks=tuple(dict.fromkeys(marks)),
        **more,
    )


def fillers(count: int, seed: int = 1) -> list[PlainCable]:
    """Cables of 2004 to 2007 that say little: a few common words, many rare ones."""
    chance = random.Random(seed)
    common = "the embassy reports that talks with officials went on".split()
    rare = [
        a + b + c
        for a in ("ba", "do", "mi", "zu")
        for b in ("ra", "ko", "len")
        for c in ("", "n", "st", "vic")
    ]
    weights = [1 / (at + 1) for at in range(len(rare))]
    cables = []
    for number in range(1, count + 1):
        text = [*common, *chance.choices(rare, weights, k=chance.randint(5, 40))]
        chance.shuffle(text)
        year, month, day = chance.randint(2004, 2007), chance.randint(1, 12), chance.randint(1, 28)
        post = chance.choice(["FILLEN", "FALLEN"])
        cables.append(
            cable(
                f"{year % 100:02d}{post}{number}",
                f"{year}-{month:02d}-{day:02d}T10:00",
                " ".join(chance.choices(rare, k=4)),
                " ".join(text),
            )
        )
    return cables


def in_order(cables: Sequence[PlainCable]) -> list[PlainCable]:
    """The order of the numbers: those without a date, then by date."""
    return sorted(cables, key=lambda cable: (cable.date, cable.name))


def write_site(folder: Path, pieces: Mapping[str, str]) -> None:
    for name, text in pieces.items():
        path = folder / f"search/{name}.js"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    for script in SCRIPTS:
        shutil.copy(ASSETS / script, folder / script)


def made_site(folder: Path, cables: Sequence[PlainCable], **more: Any) -> Path:
    write_site(folder, plain_index(cables, **{"limits": SMALL, **more}))
    return folder


class _Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", "default-src 'self'")
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder over http, with the strictest policy that a site may have."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/index.html"
        server.shutdown()


def ask(page: Page, text: str, **options: object) -> Any:
    """The answer of a new Finder."""
    return page.evaluate("([text, options]) => cablepress.open('.').search(text, options)", [text, options])
