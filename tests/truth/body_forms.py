"""The body's framework: what stands before paragraph 1, summaries, headings, comments and notes."""

from collections.abc import Callable

from truth.draft import Draft, alone, heading, join, level_mark, paragraph
from truth.form import MODERN, UNSURE, AnyOf, Piece, Writer, Zone, rows
from truth.scene import Scene

INTRODUCTION = Zone("introduction")
SUMMARY = Zone("summary")
HEADING = Zone("heading")
COMMENT = Zone("comment")

_WITH_BLANKS = ("1966", "1973", "1980", "1990", "2005", "extract")  # headings alone need them


def drafted(write: Callable[[Scene, Draft], Piece]) -> Writer:
    """A writer that takes the scene's draft."""
    return lambda scene: write(scene, scene.draft)


def _nothing(scene: Scene) -> Piece:
    return Piece(lines=(), truth={"body": []})


def _marked_introduction(scene: Scene) -> Piece:
    text = scene.sentences(2)
    mark = level_mark(scene)
    return alone(*scene.wrap(f"({mark}) {text}"), block=paragraph(text, None, mark))


def _bare_introduction(scene: Scene) -> Piece:
    text = f"This is an action request. {scene.sentence()}"
    return alone(*scene.wrap(text), block=paragraph(text))


INTRODUCTION.add("none", _nothing)
INTRODUCTION.add("marked", _marked_introduction, "1990", "2005", "extract")
INTRODUCTION.add("bare", _bare_introduction, "1990", "2005", "extract")


def _summary(opening: str, closing: str, *, told: bool | None = False) -> Writer:
    """A row: a summary within one paragraph."""

    def write(scene: Scene, draft: Draft) -> Piece:
        text = scene.sentences(2)
        words = scene.cased(" ".join(filter(None, [opening, text, closing])))
        piece = draft.paragraph(words, role="summary")
        return Piece(lines=piece.lines, truth={**piece.truth, "summary": text}, told=told)

    return drafted(write)


def _two_paragraphs(scene: Scene, draft: Draft) -> Piece:
    first, second = scene.sentences(2), scene.sentences(2)
    pieces = [
        draft.paragraph(f"SUMMARY: {first}", role="summary"),
        draft.paragraph(f"{second} {scene.cased('End summary.')}", role="summary"),
    ]
    return join(*pieces, summary=f"{first}\n\n{second}")


def _broken_marker(scene: Scene, draft: Draft) -> Piece:
    text = scene.sentence(1)
    piece = draft.written([f"SUMMARY: {text} END", "SUMMARY."])
    return join(piece, summary=text)


def _only_end(scene: Scene, draft: Draft) -> Piece:
    text = scene.sentences(2)
    return join(draft.paragraph(f"{text} END SUMMARY.", role="summary"), summary=text)


def _summary_heading(title: str, rule: str | None) -> Writer:
    """A row: a heading over the summary, and another behind it."""

    def write(scene: Scene, draft: Draft) -> Piece:
        text, below = scene.sentences(2), scene.title()
        above = alone(*filter(None, [title, rule]), block=heading(title))
        body = draft.paragraph(text, role="summary")
        after = alone(below, "-" * len(below), block=heading(below))
        return join(above, body, after, draft.paragraph(scene.sentences(2)), summary=text)

    return drafted(write)


def _numbered_heading(scene: Scene, draft: Draft) -> Piece:
    """The number and the mark stand on the heading, the text below."""
    opening, number, marking = draft.open()
    text, below = scene.sentences(2), scene.title()
    return join(
        alone(f"{opening}SUMMARY", block=heading("SUMMARY", number, marking)),
        alone(*scene.wrap(text), block=paragraph(text)),
        alone(below, "-" * len(below), block=heading(below)),
        draft.paragraph(scene.sentences(2)),
        summary=text,
    )


def _no_summary(scene: Scene, draft: Draft) -> Piece:
    return join(draft.paragraph(scene.sentences(2)), summary=None)


def _not_a_summary(scene: Scene, draft: Draft) -> Piece:
    text = scene.cased(f"Summary of findings: none. {scene.sentence()}")
    return join(draft.paragraph(text), summary=None)


def _own_lines(scene: Scene, draft: Draft) -> Piece:
    text = scene.sentences(2)
    pieces = [alone("BEGIN SUMMARY"), draft.paragraph(text), alone("END SUMMARY")]
    return Piece(lines=join(*pieces).lines, truth={"body": UNSURE, "summary": text})


rows(
    SUMMARY,
    {
        "closed": _summary("SUMMARY:", "END SUMMARY."),
        "none": drafted(_no_summary),
        "stop": _summary("SUMMARY.", "END SUMMARY."),
        "begin": _summary("BEGIN SUMMARY.", "END SUMMARY."),
        "begin-colon": _summary("BEGIN SUMMARY:", "END SUMMARY."),
        "mixed-case": _summary("Summary:", "End summary."),
        "mixed-case-stop": _summary("Summary.", "End Summary."),
        "no-last-stop": _summary("SUMMARY:", "END SUMMARY"),
        "without-colon-dash": _summary("SUMMARY -", "END SUMMARY."),
        "unclosed": _summary("SUMMARY:", "", told=None),
        "and-comment": _summary("SUMMARY AND COMMENT:", "END SUMMARY AND COMMENT."),
        "and-action-request": _summary("Summary and Action Request:", "End summary and action request."),
        "in-parentheses": _summary("SUMMARY:", "(END SUMMARY.)"),
        "two-paragraphs": drafted(_two_paragraphs),
        "marker-broken": drafted(_broken_marker),
        "only-end": drafted(_only_end),
        "heading": _summary_heading("SUMMARY", "-------"),
        "heading-title-case": _summary_heading("Summary", "-------"),
        "heading-equals": _summary_heading("SUMMARY", "======="),
        "not-one": drafted(_not_a_summary),
    },
)


def _entire_text(pattern: str) -> Writer:
    """A row: the marking of the whole telegram in paragraph 1; whether it also stays in the text is open."""

    def write(scene: Scene, draft: Draft) -> Piece:
        mark = level_mark(scene)
        words = pattern.format(mark=mark, level=scene.level)
        opening, number = draft.open_unmarked()
        text = scene.sentences(2)
        texts = AnyOf((f"{words} {text}", text))
        block = {"kind": "paragraph", "number": number, "marking": mark, "text": texts}
        return Piece(
            lines=tuple(draft.lines(opening, f"{words} {text}")), truth={"body": [block], "summary": None}
        )

    return drafted(write)


rows(
    SUMMARY,
    {
        "entire-text": _entire_text("({mark} - ENTIRE TEXT)"),
        "entire-text-level": _entire_text("{level} - ENTIRE TEXT."),
    },
    "1980",
)
rows(
    SUMMARY,
    {
        "heading-alone": _summary_heading("SUMMARY", None),
        "numbered-heading": drafted(_numbered_heading),
        "own-lines": drafted(_own_lines),
    },
    *_WITH_BLANKS,
)

Shape = Callable[[str], list[str]]


def _heading(shape: Shape, *, words: int = 4) -> Writer:
    """A row: how a heading is set off."""

    def write(scene: Scene, draft: Draft) -> Piece:
        title = scene.title(words)
        return join(alone(*shape(title), block=heading(title)), draft.paragraph(scene.sentences(2)))

    return drafted(write)


def _heading_in_capitals(scene: Scene, draft: Draft) -> Piece:
    title = scene.title().upper()
    return join(alone(title, block=heading(title)), draft.paragraph(scene.sentences(2)))


def _question(scene: Scene, draft: Draft) -> Piece:
    title = scene.cased("Why the Tower?")
    return join(alone(title, "-----------", block=heading(title)), draft.paragraph(scene.sentences(2)))


def _two_line_heading(scene: Scene, draft: Draft) -> Piece:
    first, second = scene.title(), scene.title()
    return join(
        alone(first, second, "-" * len(second), block=heading(f"{first} {second}")),
        draft.paragraph(scene.sentences(2)),
    )


def _marked_heading(scene: Scene, draft: Draft) -> Piece:
    title, mark = scene.title(), level_mark(scene)
    return join(
        alone(f"({mark}) {title}", "-" * len(title), block=heading(title, None, mark)),
        draft.paragraph(scene.sentences(2)),
    )


def _numbered_title(scene: Scene, draft: Draft) -> Piece:
    opening, number, marking = draft.open()
    title, text = scene.title(), scene.sentences(2)
    return join(
        alone(f"{opening}{title}", block=heading(title, number, marking)),
        alone(*scene.wrap(text), block=paragraph(text)),
    )


def _glued_heading(scene: Scene, draft: Draft) -> Piece:
    """A heading and its rule, and the paragraph at once."""
    title = scene.title()
    return join(
        alone(title, "-" * len(title), block=heading(title)),
        draft.paragraph(scene.sentences(2)),
        apart=False,
    )


def _rule_alone(scene: Scene, draft: Draft) -> Piece:
    return join(alone("----------", block={"kind": "rule"}), draft.paragraph(scene.sentences(2)))


def _two_under_one(scene: Scene, draft: Draft) -> Piece:
    title = scene.title()
    return join(
        alone(title, "-" * len(title), block=heading(title)),
        draft.paragraph(scene.sentences(2)),
        draft.paragraph(scene.sentences(2)),
    )


HEADING.add("none", _nothing)
rows(
    HEADING,
    {
        "rule-below": _heading(lambda title: [title, "-" * len(title)]),
        "equals-below": _heading(lambda title: [title, "=" * len(title)]),
        "rule-above-and-below": _heading(lambda title: ["-" * len(title), title, "-" * len(title)]),
        "equals-above-and-below": _heading(lambda title: ["=" * len(title), title, "=" * len(title)]),
        "broken-rule": _heading(lambda title: [title, "------ ---"]),
        "broken-rules": _heading(lambda title: ["------ ---", title, "------ ---"]),
        "short-rule": _heading(lambda title: [title, "----"]),
        "long-rule": _heading(lambda title: [title, "-" * 60]),
        "rule-on-the-line": _heading(lambda title: [f"{title} ----------"]),
        "long-title": _heading(lambda title: [title, "-" * 20], words=6),
        "glued": drafted(_glued_heading),
        "two-lines": drafted(_two_line_heading),
        "question": drafted(_question),
        "two-paragraphs-under-it": drafted(_two_under_one),
    },
)
HEADING.add("marked", drafted(_marked_heading), *MODERN)
rows(
    HEADING,
    {
        "capitals-alone": drafted(_heading_in_capitals),
        "rule-without-heading": drafted(_rule_alone),
        "blank-line-before-rule-below": _heading(lambda title: ["", title, "-" * len(title)]),
    },
    *_WITH_BLANKS,
)
HEADING.add("title-alone", _heading(lambda title: [title]), "1990", "2005", "extract")
HEADING.add("numbered", drafted(_numbered_title), "1990", "2005", "extract")


def _comment(opening: str, closing: str, role: str = "comment") -> Writer:
    """A row: a comment or note within one paragraph."""

    def write(scene: Scene, draft: Draft) -> Piece:
        words = " ".join(filter(None, [opening, scene.sentences(2), closing]))
        return draft.paragraph(scene.cased(words), role=role)

    return drafted(write)


def _comment_two(scene: Scene, draft: Draft) -> Piece:
    return join(
        draft.paragraph(f"COMMENT: {scene.sentences(2)}", role="comment"),
        draft.paragraph(f"{scene.sentences(2)} END COMMENT.", role="comment"),
    )


def _comment_heading(title: str, rule: str | None = "-------") -> Writer:
    def write(scene: Scene, draft: Draft) -> Piece:
        words = scene.cased(title)
        return join(
            alone(*filter(None, [words, rule]), block=heading(words)),
            draft.paragraph(scene.sentences(2), role="comment"),
            draft.paragraph(scene.sentences(2), role="comment"),
        )

    return drafted(write)


def _marked_comment_heading(scene: Scene, draft: Draft) -> Piece:
    mark = level_mark(scene)
    return join(
        alone(f"({mark}) COMMENT:", block=heading("COMMENT:", None, mark)),
        draft.paragraph(scene.sentences(2), role="comment"),
    )


def _comment_inside(opening: str, closing: str) -> Writer:
    """A row: a remark in parentheses within a paragraph, which stays what it is."""

    def write(scene: Scene, draft: Draft) -> Piece:
        words = f"{scene.sentence()} ({opening} {scene.sentence()}{closing}) {scene.sentence()}"
        return draft.paragraph(scene.cased(words))

    return drafted(write)


COMMENT.add("none", _nothing)
rows(
    COMMENT,
    {
        "closed": _comment("COMMENT:", "END COMMENT."),
        "stop": _comment("COMMENT.", "END COMMENT."),
        "mixed-case": _comment("Comment:", "End comment."),
        "begin": _comment("BEGIN COMMENT:", "END COMMENT."),
        "unclosed": _comment("COMMENT:", ""),
        "two-paragraphs": drafted(_comment_two),
        "heading": _comment_heading("Comment"),
        "heading-capitals": _comment_heading("COMMENT"),
        "inside": _comment_inside("Comment:", " End comment."),
        "note": _comment("NOTE:", "END NOTE.", "note"),
        "begin-note": _comment("BEGIN NOTE:", "END NOTE.", "note"),
        "note-unclosed": _comment("NOTE:", "", "note"),
        "note-inside": _comment_inside("Note:", " End note."),
        "note-inside-open": _comment_inside("Note:", ""),
        "bio-note": _comment("BIO NOTE:", "END BIO NOTE.", ""),
        "action-request": _comment("ACTION REQUEST:", "END ACTION REQUEST.", ""),
    },
)
COMMENT.add("heading-alone", _comment_heading("COMMENT", None), *_WITH_BLANKS)
COMMENT.add("heading-marked", drafted(_marked_comment_heading), "1990", "2005", "extract")
