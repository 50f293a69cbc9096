"""The SUBJECT line, and where it ends."""

from collections.abc import Sequence
from typing import Any

from truth.form import MODERN, UNSURE, Piece, Writer, Zone, line, rows
from truth.scene import Scene

SUBJECT = Zone("subject")


def _one(label: str = "SUBJECT: ", tail: str = "") -> Writer:
    """A row: one line of capitals."""

    def write(scene: Scene) -> Piece:
        words = scene.capitals()
        return line(f"{label}{words}{tail}", subject=words)

    return write


def _lines(count: int) -> Writer:
    def write(scene: Scene) -> Piece:
        parts = [scene.capitals(7) for _ in range(count)]
        return line(f"SUBJECT: {parts[0]}", *parts[1:], subject=" ".join(parts))

    return write


def _written(lines: Sequence[str], subject: str, **more: Any) -> Writer:
    """A row: the lines as written, and the subject they make."""
    return lambda _: line(*lines, subject=subject, **more)


def _marked(mark: str) -> Writer:
    def write(scene: Scene) -> Piece:
        words = scene.capitals()
        return line(f"SUBJECT: ({mark}) {words}", subject=words)

    return write


def _title_case(scene: Scene) -> Piece:
    words = scene.title(6)
    return line(f"Subject: {words}", subject=words)


def _below(scene: Scene) -> Piece:
    words = scene.capitals()
    return line("SUBJECT:", words, subject=words)


def _too_long(scene: Scene) -> Piece:
    """Five lines are the subject; what follows is text."""
    parts = [scene.capitals(7) for _ in range(7)]
    return line(f"SUBJECT: {parts[0]}", *parts[1:], subject=" ".join(parts[:5]), body=UNSURE, told=True)


def _absent(scene: Scene) -> Piece:
    """The composer takes the first heading or sentence."""
    return line(subject="derived", told=True)


SUBJECT.add("short-label", _one("SUBJ: "), "1966", "1973", "1980")
rows(
    SUBJECT,
    {
        "one-line": _one(),
        "two-lines": _lines(2),
        "three-lines": _lines(3),
        "five-lines": _lines(5),
        "without-colon": _one("SUBJECT "),
        "blank-before-colon": _one("SUBJECT : "),
        "no-blank": _one("SUBJECT:"),
        "subj": _one("SUBJ: "),
        "lower-case-label": _one("Subject: "),
        "wide-blanks": _one("SUBJECT:   "),
        "hyphen-at-the-end": _written(
            ["SUBJECT: RENEWING U.S.-", "RURITANIA TALKS"], "RENEWING U.S.-RURITANIA TALKS"
        ),
        "colon-inside": _written(
            ["SUBJECT: RURITANIA OPENS ITS PORTS: WHAT THE NEW TARIFF LAW MEANS FOR", "EXPORTERS"],
            "RURITANIA OPENS ITS PORTS: WHAT THE NEW TARIFF LAW MEANS FOR EXPORTERS",
        ),
        "second-line-refugees": _written(
            ["SUBJECT: THE PASS IS CLOSED TO", "REFUGEES AND SHEEP"],
            "THE PASS IS CLOSED TO REFUGEES AND SHEEP",
        ),
        "second-line-number": _written(
            ["SUBJECT: RURITANIA AND ITS", "1974 HARVEST OF BEECH"], "RURITANIA AND ITS 1974 HARVEST OF BEECH"
        ),
        "second-line-article": _written(
            ["SUBJECT: THE RIVER COMMISSION MEETS IN", "A NEW TOWER"],
            "THE RIVER COMMISSION MEETS IN A NEW TOWER",
        ),
        "second-line-classified": _written(
            ["SUBJECT: NEWSPAPERS TAX THEIR", "CLASSIFIED ADVERTISEMENTS"],
            "NEWSPAPERS TAX THEIR CLASSIFIED ADVERTISEMENTS",
        ),
        "wide-inside": _written(["SUBJECT: THE  HARBOR   IS  OPEN"], "THE HARBOR IS OPEN"),
        "question": _written(["SUBJECT: WHY ZENDA?"], "WHY ZENDA?"),
        "quotes": _written(['SUBJECT: THE "OLD TOWER" AGAIN'], 'THE "OLD TOWER" AGAIN'),
        "parentheses-at-the-end": _written(["SUBJECT: THE NEW TOWER (ZENDA)"], "THE NEW TOWER (ZENDA)"),
        "label-below": _below,
        "seven-lines": _too_long,
        "on-the-line-above": _one(),  # the composer puts it behind the E.O. or the TAGS
        "absent": _absent,
    },
)
rows(
    SUBJECT,
    {
        "marked-c": _marked("C"),
        "marked-sbu": _marked("SBU"),
        "marked-u": _marked("U"),
        "marked-s": _marked("S"),
        "marked-noforn": _marked("S//NF"),
        "marked-behind": _one(tail=" (U)"),
        "title-case": _title_case,
    },
    *MODERN,
)
