"""The ledger of an archive: which cables may be published, and what of them.

It stands in `content/release.toml`; an archive without one clears everything but drafts. A worked example:

    [release]
    highest = "UNCLASSIFIED"        # what lies above is withheld: by its classification line or a portion mark
    portions = true                 # ... or only the parts above are, and the rest is published

    [[withhold]]                    # these cables exist nowhere in the site
    cable = "08STRELSAU123"
    reason = "names a source"
    by = "F. Tarlenheim"
    when = 2026-03-01

    [[embargo]]                     # cleared from that day on
    origin = "ZENDA"
    tag = "PTER"                    # both must hold
    until = 2030-01-01

    [[redact]]                      # a name, everywhere, however it is written
    term = "Rassendyll"
    reason = "protects a source"
    show_reason = true
    show_count = true

    [[redact]]                      # a passage of one cable; or regex = '...', or paragraph = 7
    cable = "08STRELSAU124"
    passage = "the gate behind the chapel"

    [[withdraw]]                    # published once; a card says why it is gone
    cables = "07SLAVNA*"
    reason = "withdrawn at the request of the donor"
    show = "card"                   # or "silent", or "tombstone": the page stays, empty

`cable` (an id), `cables` (a pattern of ids), `tag`, `origin`, `classification` and `source` (a path below content/, which
may be a pattern) say which cables are meant: all that are given must hold, and a list means any of its values. A
redaction that names none of them holds everywhere. A regular expression is RE2's, ignores case unless it says `(?-i)`,
and sees the text without accents, with single blanks and with words made whole that a hyphen divides.

Nothing here is guessed. A ledger with a fault raises LedgerError with all its faults, and nothing may be built.
"""

import difflib
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.release.rule import DEEDS, Deed, Rule, nearest, read_level, read_rule, read_yes_or_no
from generator.settings.values import UnfitError, shown
from generator.toml_source import TomlError, TomlSource, read_toml

LEDGER_FILE = "release.toml"

_NOTHING = hashlib.sha256(b"").digest()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ledger:
    """The rules of an archive. Two ledgers are equal if their files are."""

    highest: str | None = None  # a level; None where every level may be published
    highest_line: int = 0  # of `highest` in the file
    portions: bool = False
    rules: tuple[Rule, ...] = ()
    name: str = LEDGER_FILE  # what problems call the file
    digest: bytes = field(default=_NOTHING)  # changes whenever the file does

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ledger) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


class LedgerError(Exception):
    """A ledger that cannot be used; `messages` tells all that is wrong, in the order of the file."""

    def __init__(self, messages: Iterable[str]) -> None:
        self.messages = tuple(messages)
        super().__init__("\n".join(self.messages))


def load_ledger(content: Path) -> Ledger:
    """The ledger of the archive in `content`; one that clears everything but drafts where it has none.

    Raises LedgerError.
    """
    path = content / LEDGER_FILE
    if path.is_symlink() and not path.exists():
        raise LedgerError([f"{LEDGER_FILE}: is a link to nothing; mend it or take it away"])
    try:
        source = read_toml(path)
    except TomlError as error:
        raise LedgerError([str(error)]) from error
    if source is None:
        _refuse_misspelled(content)
        return Ledger()
    return _Reader(source).ledger(path.read_bytes())


def read_ledger(text: str, *, name: str = LEDGER_FILE) -> Ledger:
    """The ledger that a text holds. Raises LedgerError."""
    try:
        source = TomlSource(name=name, text=text)
    except TomlError as error:
        raise LedgerError([str(error)]) from error
    return _Reader(source).ledger(text.encode("utf-8", "surrogatepass"))


def _refuse_misspelled(content: Path) -> None:
    """A file that its author takes for the ledger must not be passed over."""
    if not content.is_dir():
        return
    names = [path.name for path in content.iterdir() if path.suffix.lower() == ".toml"]
    for near in difflib.get_close_matches(LEDGER_FILE, [name.lower() for name in names], n=1, cutoff=0.8):
        raise LedgerError([f"{near}: is no ledger by its name; did you mean {LEDGER_FILE!r}?"])


class _Reader:
    """Reads a ledger and gathers what is wrong with it."""

    def __init__(self, source: TomlSource) -> None:
        self._source = source
        self._wrong: list[tuple[int, str]] = []

    def ledger(self, data: bytes) -> Ledger:
        tables = self._source.tables
        for key in tables:
            if key not in ("release", *DEEDS):
                what = nearest(key, ("release", *DEEDS)).replace("the keys are", "the tables are")
                self._tell(self._source.line((key,)), f"unknown table {key!r}; {what}")
        settings = self._settings(tables.get("release", {}))
        rules = [rule for deed in DEEDS for rule in self._rules(deed, tables.get(deed, []))]
        if self._wrong:
            raise LedgerError(message for _, message in sorted(self._wrong, key=lambda wrong: wrong[0]))
        return Ledger(
            highest=settings.get("highest"),
            highest_line=self._source.line(("release", "highest")) or 0,
            portions=settings.get("portions", False),
            rules=tuple(sorted(rules, key=lambda rule: rule.line)),
            name=self._source.name,
            digest=hashlib.sha256(data).digest(),
        )

    def _settings(self, table: object) -> dict[str, Any]:
        line = self._source.line(("release",))
        found: dict[str, Any] = {}
        if not isinstance(table, dict):
            self._tell(line, f"release must be a table, [release], not {shown(table)}")
            return found
        readers = {"highest": read_level, "portions": read_yes_or_no}
        for key, value in table.items():
            at = self._source.line(("release", key))
            if key not in readers:
                self._tell(at, f"unknown key {key!r} in [release]; {nearest(key, readers)}")
                continue
            try:
                found[key] = readers[key](value)
            except UnfitError as expected:
                self._tell(at, f"{key} in [release] must be {expected}, not {shown(value)}")
        if found.get("portions") and "highest" not in table:
            self._tell(
                self._source.line(("release", "portions")),
                "portions in [release] has no effect without 'highest'",
            )
        return found

    def _rules(self, deed: Deed, tables: object) -> Iterable[Rule]:
        if not isinstance(tables, list):
            self._tell(
                self._source.line((deed,)),
                f"{deed} must be written [[{deed}]], once for each rule, not {shown(tables)}",
            )
            return
        for index, table in enumerate(tables):
            line = self._source.line_in(deed, index) or 1
            if not isinstance(table, Mapping):
                self._tell(line, f"{deed} must be written [[{deed}]], once for each rule, not {shown(table)}")
                continue

            def tell(key: str, message: str, *, index: int = index, line: int = line) -> None:
                self._tell((self._source.line_in(deed, index, key) if key else line) or line, message)

            if rule := read_rule(deed, table, tell, line=line, place=f"[[{deed}]]"):
                yield rule

    def _tell(self, line: int | None, message: str) -> None:
        self._wrong.append((line or 1, f"{self._source.name}:{line or 1}: {message}"))
