"""The signature, and what the transmission left behind it."""

from truth.draft import paragraph
from truth.form import MODERN, UNSURE, AnyOf, Piece, Writer, Zone, line, rows
from truth.page_forms import level_word
from truth.scene import Scene

SIGNATURE = Zone("signature")
TRAILER = Zone("trailer")

# The last words of the text, behind which the name stands on the same line.
INLINE = "inline"

_SITE = "http://strelsau.example.invalid/"


def _own_line(pattern: str = "{}", signer: str | None = "{}") -> Writer:
    """A row: a name on its own line; '{}' is the surname."""

    def write(scene: Scene) -> Piece:
        return line(pattern.format(scene.signer), signer=signer.format(scene.signer) if signer else None)

    return write


def _behind(words: str, name: str = "{}") -> Writer:
    """A row: a name at the end of the last line of the text, behind certain words."""

    def write(scene: Scene) -> Piece:
        tail = f"{scene.cased(words)}{name.format(scene.signer, scene.signer.title())}"
        return Piece(
            lines=(), truth={"signer": scene.signer, INLINE: tail, "words": scene.cased(words).strip()}
        )

    return write


def _names(*written: str, signer: object) -> Writer:
    return lambda _: line(*written, signer=signer)


rows(
    SIGNATURE,
    {
        "own-line": _own_line(),
        "two-words": _names("DE TARLENHEIM", signer="DE TARLENHEIM"),
        "apostrophe": _names("O'HENTZAU", signer="O'HENTZAU"),
        "hyphen": _names("PELHAM-ASHCROFT", signer="PELHAM-ASHCROFT"),
        "two-names": _names("PELHAM", "ASHCROFT", signer=AnyOf(("PELHAM ASHCROFT", "PELHAM", "ASHCROFT"))),
        "name-on-two-lines": _names("DE", "TARLENHEIM", signer="DE TARLENHEIM"),
        "stop-behind": _own_line("{}."),
        "dots-behind": _own_line("{} ..."),
        "behind-a-stop": _behind(" The file is closed. "),
        "behind-end-comment": _behind(" The file is closed. End comment. "),
        "behind-two-blanks": _behind(" The file is closed.  "),
        "none": lambda _: line(signer=None),
    },
)
rows(
    SIGNATURE,
    {
        "title-case": lambda scene: line(scene.signer.title(), signer=scene.signer),
        "title-case-behind": _behind(" The file is closed.  ", "{1}"),
        "title-case-behind-comment": _behind(" The file is closed. End comment. ", "{1}"),
        "redacted": lambda _: line("XXXXXXXXXXXX", signer=None, body=UNSURE),
        "promotion": lambda scene: Piece(
            lines=(f"Visit the site of the embassy: {_SITE}", "", scene.signer),
            truth={"signer": scene.signer, "body": [paragraph(f"Visit the site of the embassy: {_SITE}")]},
        ),
        "indented": _own_line("     {}"),
        "equals-behind": lambda scene: line(scene.signer, "", "=======", signer=scene.signer),
    },
    *MODERN,
)


def _trailer(*written: str) -> Writer:
    return lambda scene: line(
        *(text.format(level=level_word(scene), number=f"{scene.serial % 10000:04d}") for text in written)
    )


_ATTRIBUTES = (
    "Message Attributes",
    "",
    "Automatic Decaptioning: X",
    "Capture Date: 01 JAN 1994",
    "Channel Indicators: n/a",
    "Current Classification: UNCLASSIFIED",
    "Concepts: HARBORS, TARIFFS",
    "Control Number: n/a",
    "Copy: SINGLE",
    "Draft Date: 14 FEB 1975",
    "Decaption Date: 01 JAN 1960",
    "Disposition Action: RELEASED",
    "Document Number: {year}{six}{serial:05d}",
    "Document Source: CORE",
    "Executive Order: GS",
    "Film Number: D750123-0456",
    "From: {post}",
    "Handling Restrictions: n/a",
    "Legacy Key: link1975/newtext/t19750217/aaaaaaaa.tel",
    "Line Count: '120'",
    "Locator: TEXT ON-LINE, ON MICROFILM",
    "Office: ACTION EUR",
    "Original Classification: CONFIDENTIAL",
    "Page Count: '3'",
    "Reference: n/a",
    "Review Date: 20 MAR 2003",
    "Subject: THE MORNING AFTER",
    "TAGS: PINT, PFOR, QR",
    "To: STATE",
    "Type: TE",
    "Markings: Declassified/Released US Department of State EO Systematic Review 05 JUL 2006",
)


def _record(scene: Scene) -> Piece:
    """The attributes of an electronic record; they are about the telegram and no part of it."""
    facts = {"year": scene.year, "six": scene.post.key[:6], "serial": scene.serial, "post": scene.post.name}
    attributes = [text.format(**facts) for text in _ATTRIBUTES]
    lines = (level_word(scene), "", "NNNN", "", "", *attributes)
    return Piece(lines=lines, truth={"attributes": True}, told=None)


TRAILER.add("record", _record, "1973")
rows(
    TRAILER,
    {
        "none": _trailer(),
        "bt": _trailer("BT"),
        "bt-and-number": _trailer("BT", "#{number}"),
        "nnnn": _trailer("", "NNNN"),
        "all": _trailer("BT", "#{number}", "", "NNNN"),
        "level": _trailer("", "{level}"),
        "level-and-nnnn": _trailer("", "{level}", "", "NNNN"),
        "sign": _trailer(">"),
        "rule": _trailer("", "-----"),
        "blank-lines": _trailer("", "", ""),
    },
)
rows(
    TRAILER,
    {
        "record-unknown-attribute": lambda scene: Piece(
            lines=("", "Message Attributes", "", "Capture Date: 01 JAN 1994", "Beech Count: 7", "Type: TE"),
            truth={"attributes": True},
            told=None,
        )
    },
    "1973",
)
