"""Counts what a reader of the search downloads, in chromium: for queries of two words, and for ids.

    python tests/benchmarks/reading_bytes.py [--queries 500] [--ids 50] [COUNT ...]      (default 10000)
    python tests/benchmarks/reading_bytes.py --project FOLDER                           a project that was built, of telegrams

README.md, beside this, says what is counted.
"""

import argparse
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

from playwright.sync_api import Browser, Page, sync_playwright
from run import MEMORY_FOLDER
from telegrams import write_telegrams

from generator.search.tokens import tokens

SAMPLE = 2000  # telegrams whose words are counted, of larger archives
PATIENCE = 60_000  # milliseconds for an answer

FIRST, FINAL = "first results", "final answer"

# Tells the console, which keeps its order with the requests, when results are shown first and when the answer is whole.
_TELL = f"""
const told = new Set();
const tell = (moment) => told.has(moment) || (told.add(moment), console.debug(moment));
new MutationObserver(() => {{
  const isFinal = /^([0-9,]+ cables?|No cable)/.test(document.querySelector("#told")?.textContent ?? "");
  if (isFinal || document.querySelector("#results .cables > li")) tell("{FIRST}");
  if (isFinal) tell("{FINAL}");
}}).observe(document, {{ subtree: true, childList: true, characterData: true }});
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was asked for until something was shown."""

    what: str
    bytes: int
    requests: int
    by_kind: Counter[str]  # bytes


class Reader:
    """Readers who come for the first time, each with nothing kept."""

    def __init__(self, browser: Browser, site: Path, root: str) -> None:
        self._browser, self._site, self._root = browser, site, root

    def search(self, query: str) -> tuple[Read, Read]:
        """Until first results, and until the final answer, of a query in the address of the search page."""
        with self._page() as (page, log):
            page.add_init_script(_TELL)
            with page.expect_console_message(lambda message: message.text == FINAL, timeout=PATIENCE):
                page.goto(f"{self._root}search.html?{urlencode({'q': query})}", wait_until="commit")
        first, final = (self._read(query, log[: log.index(moment)]) for moment in (FIRST, FINAL))
        return first, final

    def look_up(self, id_: str) -> Read:
        """What an id costs that is typed into the box of the home page, beside this and the page that it leads to."""
        with self._page() as (page, log):
            page.goto(f"{self._root}index.html", wait_until="networkidle")
            log.clear()
            page.keyboard.press("/")
            while not page.evaluate("'cablepressSearch' in globalThis"):  # nobody types as fast as a program
                page.wait_for_timeout(10)
            page.keyboard.type(id_)
            page.keyboard.press("Enter")
            page.wait_for_url(re.compile(f"/{id_}"), timeout=PATIENCE, wait_until="commit")
        return self._read(id_, log[: next(at for at, url in enumerate(log) if f"/{id_}.html" in url)])

    @contextmanager
    def _page(self) -> Iterator[tuple[Page, list[str]]]:
        """A page, and its log: addresses that were asked for, and between them what the console was told."""
        context = self._browser.new_context(viewport={"width": 1200, "height": 900})
        page = context.new_page()
        log: list[str] = []
        page.on("request", lambda request: log.append(request.url))
        page.on("console", lambda message: log.append(message.text))
        yield page, log
        context.close()

    def _read(self, what: str, log: Sequence[str]) -> Read:
        by_kind: Counter[str] = Counter()
        asked = [unquote(urlsplit(url).path[1:]) for url in log if url.startswith(self._root)]
        for path in asked:
            kind = path.split("/")[1] if path.count("/") > 1 else path
            by_kind[kind] += (self._site / path).stat().st_size
        return Read(what=what, bytes=by_kind.total(), requests=len(asked), by_kind=by_kind)


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *words: object) -> None:  # noqa: A002 - its name there
        pass

    def copyfile(self, source: Any, outputfile: Any) -> None:
        with suppress(ConnectionError):  # of readers who left when they had seen enough
            super().copyfile(source, outputfile)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The root of a site over http."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def queries_of(telegrams: Sequence[Path], count: int, rng: random.Random) -> list[str]:
    """Pairs of words from subject and text, each drawn as often as it occurs."""
    occurrences: Counter[str] = Counter()
    for path in rng.sample(telegrams, min(SAMPLE, len(telegrams))):
        occurrences.update(tokens(path.read_text("utf-8", "replace").partition("SUBJECT:")[2]))
    words, weights = list(occurrences), list(occurrences.values())
    pairs = (rng.choices(words, weights, k=2) for _ in iter(int, 1))
    different = (f"{one} {other}" for one, other in pairs if one != other)
    return [next(different) for _ in range(count)]


def row(name: str, reads: Sequence[Read]) -> str:
    """Median, 95th percentile and maximum, as Markdown."""

    def cells(numbers: list[float]) -> str:
        return f"{statistics.median(numbers):,.0f} | {_at(numbers, 0.95):,.0f} | {max(numbers):,.0f}"

    sizes, requests = [read.bytes / 1000 for read in reads], [float(read.requests) for read in reads]
    return f"| {name} | {cells(sizes)} | {cells(requests)} |"


def _at(numbers: Sequence[float], share: float) -> float:
    return sorted(numbers)[min(int(len(numbers) * share), len(numbers) - 1)]


def report(project: Path, queries: int, ids: int, seed: int) -> str:
    """Count what readers of a project's site download; the figures as Markdown."""
    rng = random.Random(seed)
    telegrams = sorted((project / "content").rglob("*.txt"))
    with served(project / "site") as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        reader = Reader(browser, project / "site", root)
        pairs = [reader.search(query) for query in queries_of(telegrams, queries, rng)]
        firsts, finals = [first for first, _ in pairs], [final for _, final in pairs]
        looked_up = [reader.look_up(path.stem) for path in rng.sample(telegrams, min(ids, len(telegrams)))]
        browser.close()
    near = min(firsts, key=lambda read: abs(read.bytes - _at([one.bytes for one in firsts], 0.95)))
    parts = ", ".join(f"{kind} {size / 1000:,.1f}" for kind, size in near.by_kind.most_common())
    return "\n".join([
        f"**{len(telegrams):,} cables**",
        "",
        "| | KB, median | 95 % | most | requests, median | 95 % | most |",
        "|---|--:|--:|--:|--:|--:|--:|",
        row(f"two words, {FIRST}", firsts),
        row(f"two words, {FINAL}", finals),
        row("an id", looked_up),
        "",
        f"`{near.what}`, KB to {FIRST}: {parts}",
        "",
    ])  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("counts", metavar="COUNT", type=int, nargs="*", default=[10_000])
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--ids", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--project", type=Path, help="count in this project, which was built, and make none")
    parser.add_argument("--work", type=Path, default=MEMORY_FOLDER if MEMORY_FOLDER.is_dir() else None)
    options = parser.parse_args()
    asked = options.queries, options.ids, options.seed
    if options.project:
        print(report(options.project, *asked))
        return
    for count in options.counts:
        with tempfile.TemporaryDirectory(dir=options.work) as folder:
            project = Path(folder)
            write_telegrams(project / "content", count)
            building = "from generator.cli import main; main()"
            subprocess.run(
                [sys.executable, "-c", building, "build", "--quiet"],
                cwd=project,
                env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
                check=True,
            )
            print(report(project, *asked), flush=True)


if __name__ == "__main__":
    main()
