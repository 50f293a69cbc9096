"""What stands in the body beside plain text: lists, tables, quoted texts, redactions, and what only looks like something."""

from collections.abc import Callable, Sequence

from truth.body_forms import drafted
from truth.draft import Draft, alone, items, join, paragraph
from truth.form import MODERN, UNSURE, Piece, Writer, Zone, rows
from truth.scene import Scene

PASSAGE = Zone("passage")
PLAIN = "passage/plain"

_WITH_BLANKS = ("1966", "1973", "1980", "1990", "2005", "extract")


def _plain(scene: Scene, draft: Draft) -> Piece:
    return draft.paragraph(scene.sentences(4))


def _second_block(scene: Scene, draft: Draft) -> Piece:
    """A numbered paragraph goes on in an unnumbered one."""
    text = scene.sentences(2)
    return join(draft.paragraph(scene.sentences(2)), alone(*scene.wrap(text), block=paragraph(text)))


PASSAGE.add("plain", drafted(_plain))


def _texts(scene: Scene, count: int) -> list[str]:
    return [scene.clause() for _ in range(count)]


def _ended(texts: Sequence[str]) -> list[str]:
    """Items that end with a semicolon, the last one with a full stop."""
    return [*(f"{text};" for text in texts[:-1]), f"{texts[-1]}."]


def _list(markers: Sequence[str], *, apart: bool = False, indent: str = "", gap: str = " ") -> Writer:
    """A row: an introduction with a colon, and items with the given markers."""

    def write(scene: Scene, draft: Draft) -> Piece:
        intro = draft.paragraph(scene.cased("The council asked for:"))
        texts = _ended(_texts(scene, len(markers)))
        lines: list[str] = []
        for marker, text in zip(markers, texts, strict=True):
            lines += [""] if lines and apart else []
            lines += [f"{indent}{marker}{gap}{text}"]
        block = items(*((marker, 0, text) for marker, text in zip(markers, texts, strict=True)))
        return join(intro, alone(*lines, block=block), apart=scene.era != "newspaper")

    return drafted(write)


def _wrapped_items(indent: str) -> Writer:
    """A row: items that go over two lines."""

    def write(scene: Scene, draft: Draft) -> Piece:
        intro = draft.paragraph(scene.cased("The council asked for:"))
        texts = _ended([f"{scene.clause()} {scene.clause()}" for _ in range(3)])
        lines = [line for text in texts for line in scene.wrap(f"-- {text}", indent=indent)]
        return join(
            intro,
            alone(*lines, block=items(*(("--", 0, text) for text in texts))),
            apart=scene.era != "newspaper",
        )

    return drafted(write)


def _nested(scene: Scene, draft: Draft) -> Piece:
    a, b, c, d = _texts(scene, 4)
    lines = [f"(a) {a}:", f"   -- {b};", f"   -- {c};", f"(b) {d}."]
    block = items(("(a)", 0, f"{a}:"), ("--", 1, f"{b};"), ("--", 1, f"{c};"), ("(b)", 0, f"{d}."))
    return join(
        draft.paragraph(scene.cased("The council asked for:")), alone(*lines, block=block), apart=False
    )


def _nested_dashes(scene: Scene, draft: Draft) -> Piece:
    a, b, c, d = _texts(scene, 4)
    lines = [f"-- {a}:", f"   - {b};", f"   - {c};", f"-- {d}."]
    block = items(("--", 0, f"{a}:"), ("-", 1, f"{b};"), ("-", 1, f"{c};"), ("--", 0, f"{d}."))
    return join(
        draft.paragraph(scene.cased("The council asked for:")), alone(*lines, block=block), apart=False
    )


rows(
    PASSAGE,
    {
        "list-dashes": _list(["--", "--", "--"]),
        "list-dash": _list(["-", "-", "-"]),
        "list-stars": _list(["*", "*", "*"]),
        "list-o": _list(["o", "o", "o"]),
        "list-letters-in-parentheses": _list(["(a)", "(b)", "(c)"]),
        "list-numbers-in-parentheses": _list(["(1)", "(2)", "(3)"]),
        "list-letters": _list(["a.", "b.", "c."]),
        "list-capitals": _list(["A.", "B.", "C."]),
        "list-capitals-in-parentheses": _list(["(A)", "(B)", "(C)"]),
        "list-half-parentheses": _list(["1)", "2)", "3)"]),
        "list-letters-half": _list(["a)", "b)", "c)"]),
        "list-indented": _list(["--", "--", "--"], indent="   "),
        "list-wide": _list(["--", "--"], gap="   "),
        "list-wrapped": _wrapped_items("   "),
        "list-wrapped-flush": _wrapped_items(""),
        "list-nested": drafted(_nested),
        "list-nested-dashes": drafted(_nested_dashes),
    },
)
rows(
    PASSAGE,
    {
        "list-apart": _list(["--", "--", "--"], apart=True),
        "list-letters-apart": _list(["(a)", "(b)", "(c)"], apart=True),
        "second-block": drafted(_second_block),
    },
    *_WITH_BLANKS,
)


def _table(lines: Sequence[str]) -> Writer:
    """A row: a table, its lines kept as they stand."""

    def write(scene: Scene, draft: Draft) -> Piece:
        intro = draft.paragraph(scene.cased("The count was as follows:"))
        kept = [scene.cased(text) for text in lines]
        block = {"kind": "table", "text": "\n".join(kept)}
        return join(intro, alone(*kept, block=block), apart=scene.era != "newspaper")

    return drafted(write)


rows(
    PASSAGE,
    {
        "table-gaps": _table(
            ["Party          Seats   Change", "Salt Union        41      +3", "Timber            12      -1"]
        ),
        "table-rule": _table(
            [
                "Party          Seats   Change",
                "-----          -----   ------",
                "Salt Union        41      +3",
                "Timber            12      -1",
            ]
        ),
        "table-bars": _table(["Post | Sheep | Dogs", "Zenda | 40 | 2", "Hentzau | 12 | 1"]),
        "table-numbers": _table(
            ["1971      412     17.5", "1972      398     16.1", "1973      420     18.0"]
        ),
        "table-money": _table(["Bridge     $ 4,500     paid", "Tunnel     $12,000     open"]),
    },
)


def _quote(opening: str, closing: str, *, numbered: bool = True) -> Writer:
    """A row: a text within the text, numbered for itself."""

    def write(scene: Scene, draft: Draft) -> Piece:
        first, second = scene.sentences(2), scene.sentences(2)
        one, two = ("1. ", "2. ") if numbered else ("", "")
        begin, end = scene.cased(opening), scene.cased(closing)
        inner = [paragraph(first, 1 if numbered else None), paragraph(second, 2 if numbered else None)]
        block = {"kind": "quote", "text": f"{begin}\n{end}", "blocks": inner}
        return join(
            draft.paragraph(scene.cased("The text of the note follows.")),
            alone(begin),
            alone(*scene.wrap(one + first)),
            alone(*scene.wrap(two + second)),
            alone(end, block=block),
            draft.paragraph(scene.sentences(2)),
        )

    return drafted(write)


rows(
    PASSAGE,
    {
        "quote": _quote("BEGIN TEXT:", "END TEXT."),
        "quote-without-signs": _quote("BEGIN TEXT", "END TEXT"),
        "quote-mixed-case": _quote("Begin text.", "End text."),
        "quote-unnumbered": _quote("BEGIN TEXT:", "END TEXT.", numbered=False),
        "quote-translation": _quote("Begin unofficial translation:", "End unofficial translation."),
        "quote-points": _quote("BEGIN POINTS:", "END POINTS."),
    },
    "1980",
    "1990",
    "2005",
)

Lines = Callable[[Scene], Sequence[str]]


def _text(write_lines: Lines) -> Writer:
    """A row: a paragraph whose line breaks matter; the lines are those of one paragraph."""
    return drafted(lambda scene, draft: draft.written([scene.cased(text) for text in write_lines(scene)]))


def _words(words: str) -> Writer:
    """A row: a sentence in which certain words stand, wrapped as it comes."""

    def write(scene: Scene, draft: Draft) -> Piece:
        return draft.paragraph(f"{scene.sentence()} {scene.cased(words)} {scene.sentence()}")

    return drafted(write)


def _redacted(mark: str) -> Writer:
    def write(scene: Scene, draft: Draft) -> Piece:
        return draft.paragraph(f"{scene.sentence()} {mark} {scene.clause()}.")

    return drafted(write)


def _joined(lines: Sequence[str], text: str) -> Writer:
    """A row: a paragraph that is not joined by blanks alone."""

    def write(scene: Scene, draft: Draft) -> Piece:
        opening, number, marking = draft.open()
        kept = [scene.cased(words) for words in lines]
        return alone(opening + kept[0], *kept[1:], block=paragraph(scene.cased(text), number, marking))

    return drafted(write)


rows(
    PASSAGE,
    {
        "redaction": _redacted("XXXXXXXXXXXX"),
        "redaction-ten": _redacted("XXXXXXXXXX"),
        "redaction-sixteen": _redacted("XXXXXXXXXXXXXXXX"),
        "redaction-in-brackets": _redacted("[redacted]"),
        "redaction-name-removed": _redacted("[NAME REMOVED]"),
        "redaction-deleted": _redacted("[DELETED]"),
        "redaction-ellipsis": _redacted("[...]"),
        "redaction-name-deleted": _redacted("(NAME DELETED)"),
        "redaction-line": _text(lambda s: ["The letter came from", "XXXXXXXXXXXX", "who asked for a pump."]),
        "number-at-line-start": _text(
            lambda s: ["The miller will stay until May", "9. The new law takes effect then."]
        ),
        "year-at-line-start": _text(lambda s: ["The bridge was closed in", "1974. The ferry runs again."]),
        "decimal-at-line-start": _text(lambda s: ["The tariff rose by", "1.5 percent in the winter."]),
        "reason-at-line-start": _text(
            lambda s: ["The letter is marked under section", "1.4 (b) of the order."]
        ),
        "dash-in-text": _words("The delegation -- three men -- left."),
        "dash-at-line-start": _text(lambda s: ["The delegation", "-- three men -- left before noon."]),
        "abbreviation-at-line-end": _text(
            lambda s: ["The talks with the U.S.", "delegation went on until noon."]
        ),
        "initial-at-line-end": _text(
            lambda s: ["The letter was signed by J.", "Pelham of the harbor office."]
        ),
        "letter-at-line-start": _text(lambda s: ["The committee adopted Annex", "A. It is a long one."]),
        "page-like": _text(lambda s: ["The committee adopted articles", "12 OF 20 and went home."]),
        "wide-blanks": _words("The harbor  is   open."),
        "entity-like": _words("The mill spends much on R&D; the council likes it."),
        "quotation": _words('The mayor said "the tower is above water" and left.'),
        "curly-quotes": _words(
            "The mayor said \u201cthe tower\u2019s roof is new\u201d \u2013 and left\u2026"
        ),
        "question-for-apostrophe": _words("The Foreign Minister?s hat was found."),
        "quote-unquote": _words("The note said QTE THE TOWER IS OPEN UNQTE and more."),
        "ref-in-text": _words("The council met as planned (ref A); reftel tells more."),
        "money": _words("The bridge cost $4.5 million (12 percent more than the tunnel)."),
        "address": _words("More stands at http://harbor.example.invalid/news_1.html for all."),
        "roman-numerals": _words("Rudolf XXXIV left for Zenda."),
        "points-in-text": _words("The council (1) met, (2) voted and (3) dined."),
        "ellipsis": _words("The mayor spoke of the harbor ... and of the tower."),
        "letters-in-text": _words("The council asked for a) salt, b) wool and c) time."),
        "section-word": _words("The second section of the report is SECRET in Kravonia."),
    },
)
rows(
    PASSAGE,
    {
        "false-pilcrow": _joined(
            ["The miller will stay until May", "¶9. The new law takes effect then."],
            "The miller will stay until May 9. The new law takes effect then.",
        ),
        "hyphen-at-line-end": _joined(
            ["They waited for a long-", "awaited law."], "They waited for a long-awaited law."
        ),
        "pilcrow-in-sentence": _joined(
            ["The bridge was closed in", "¶1974. The ferry runs again."],
            "The bridge was closed in 1974. The ferry runs again.",
        ),
        "unwrapped": drafted(lambda scene, draft: draft.written([scene.sentences(8)])),
    },
    *MODERN,
)


def _header_words(scene: Scene, draft: Draft) -> Piece:
    """Words of the header mean nothing here."""
    opening, *_ = draft.open()
    lines = [
        f"{opening}He read aloud:",
        "REF: 99 STRELSAU 1",
        "TAGS: PTER",
        "SUBJECT: NOTHING",
        "INFO AMEMBASSY SLAVNA",
    ]
    return Piece(lines=(*lines, "SECRET", "and left."), truth={"body": UNSURE})


def _spacers(scene: Scene, draft: Draft) -> Piece:
    """A dash alone on its line keeps paragraphs apart, and is nothing."""
    first, second = draft.paragraph(scene.sentences(2)), draft.paragraph(scene.sentences(2))
    blocks = [*first.truth["body"], *second.truth["body"]]
    return Piece(lines=(*first.lines, "-", *second.lines), truth={"body": blocks})


PASSAGE.add("header-words", drafted(_header_words), "1990", "2005")
PASSAGE.add("spacer-dash", drafted(_spacers), "1966", "1973", "1980")
