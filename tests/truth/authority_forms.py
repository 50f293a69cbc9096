"""Classified By: who classified the telegram, and for which reasons."""

from collections.abc import Sequence

from truth.form import UNSURE, Piece, Writer, Zone, line, rows
from truth.scene import Scene

AUTHORITY = Zone("classified-by")


def _written(lines: Sequence[str], who: object, letters: str, section: str = "1.4") -> Writer:
    """A row: the lines as written, who classified, and the letters of the reasons."""
    reasons = [f"{section}({letter})" for letter in letters]
    return lambda _: line(*lines, classified_by=who, reasons=reasons)


def _reason(spelled: str, letters: str = "bd", section: str = "1.4") -> Writer:
    """A row: a spelling of the reasons."""

    def write(scene: Scene) -> Piece:
        who = f"Ambassador {scene.person()}"
        return line(
            f"Classified By: {who}. {spelled}",
            classified_by=who,
            reasons=[f"{section}({letter})" for letter in letters],
        )

    return write


def _none(scene: Scene) -> Piece:
    return line(classified_by=None, reasons=[])


def _first_paragraph(scene: Scene) -> Piece:
    """The words stand as paragraph 1 of the text."""
    opening, *_ = scene.draft.open()
    return line(
        f"{opening}Classified by {_WHO} for reasons 1.4 (b) and (d).",
        classified_by=_WHO,
        reasons=["1.4(b)", "1.4(d)"],
        body=UNSURE,
    )


_WHO = "Ambassador R. Lindqvist"

# The first stands on classified telegrams only; the composer asks for it there.
rows(
    AUTHORITY,
    {
        "plain": _reason("Reason: 1.4 (b) and (d)."),
        "none": _none,
        "reasons-plural": _reason("Reasons: 1.4 (b) and (d)."),
        "commas-capital": _reason("Reason: 1.4(B), (D)."),
        "slash": _reason("Reason: 1.4 (b/d)."),
        "letters-alone": _reason("Reason: 1.4 b,d."),
        "letters-and": _reason("Reason: 1.4 b and d."),
        "ampersand": _reason("Reason: 1.4 (b) & (d)."),
        "in-one-parenthesis": _reason("Reason: 1.4 (b, d)."),
        "and-in-one-parenthesis": _reason("Reason: 1.4 (b and d)."),
        "one-letter": _reason("Reason: 1.4 (c).", "c"),
        "three-letters": _reason("Reason: 1.4 (a), (b) and (d).", "abd"),
        "section-before-2003": _reason("Reason: 1.5 (b) and (d).", section="1.5"),
        "stray-blank-in-and": _reason("Reason: 1.4 (b) a nd (d)."),
        "stray-blank-in-letter": _reason("Reason: 1.4 (b) and ( d)."),
        "no-blank": _reason("Reason:1.4(b)and(d)."),
        "order-named": _reason("Reasons: E.O. 12958 1.4 (b) and (d)."),
        "section-repeated": _reason("Reasons: 1.4 (b) and 1.4 (d)."),
        "slash-between": _reason("Reason: 1.4 (b)/(d)."),
        "plus": _reason("Reason: 1.4 (b) + (d)."),
        "for-reasons": _written(
            ["Classified By: Ambassador R. Lindqvist for reasons 1.4 (b) and (d)."], _WHO, "bd"
        ),
        "for-reason-comma": _written(
            ["Classified By: Ambassador R. Lindqvist, for reasons 1.4 (b) and (d)"], _WHO, "bd"
        ),
        "capitals": _written(
            ["CLASSIFIED BY AMBASSADOR LINDQVIST, REASONS 1.4 (B), (D)"], "AMBASSADOR LINDQVIST", "bd"
        ),
        "doubled": _written(
            ["Classified By: CLASSIFIED BY DCM PELHAM FOR REASONS 1.4 (B) AND (D)"], "DCM PELHAM", "bd"
        ),
        "class-dot": _written(
            ["Class. By: Pol/Econ Counselor A. Pelham, reason 1.4 b,d"], "Pol/Econ Counselor A. Pelham", "bd"
        ),
        "bureau": _written(
            ["Classified By: EUR A/S C. ASHCROFT. Reason: 1.4 (d)."], "EUR A/S C. ASHCROFT", "d"
        ),
        "derived-from": _written(["Derived from: DSCG 05-1, B and D"], "DSCG 05-1, B and D", ""),
        "without-reason": _written([f"Classified By: {_WHO}."], _WHO, ""),
        "reason-alone": _written(["Reason: 1.4 (b)."], None, "b"),
        "reason-below": _written([f"Classified By: {_WHO}", "Reason: 1.4 (b) and (d)."], _WHO, "bd"),
        "two-lines": _written(
            ["Classified By: Political Counselor A. Pelham for reasons", "1.4 (b) and (d)."],
            "Political Counselor A. Pelham",
            "bd",
        ),
        "four-lines": _written(
            ["Classified By:", "Ambassador R. Lindqvist", "for reasons", "1.4 (b) and (d)."], _WHO, "bd"
        ),
        "cut-reasons": _written(
            ["Classified By: Ambassador R. Lindqvist for rea", "sons 1.4 (b) and (d)."], _WHO, "bd"
        ),
        "cut-and": _written([f"Classified By: {_WHO}. Reason: 1.4 (b) a", "nd (d)."], _WHO, "bd"),
        "cut-counselor": _written(
            ["Classified By: Political Coun", "selor A. Pelham. Reason: 1.4 (b)."],
            "Political Counselor A. Pelham",
            "b",
        ),
        "cut-minister": _written(
            ["Classified By: Acting Deputy Mini", "ster A. Pelham. Reason: 1.4 (b)."],
            "Acting Deputy Minister A. Pelham",
            "b",
        ),
        "junior": _written(["Classified By: A. Pelham, Jr. Reason: 1.4 (b)."], "A. Pelham, Jr.", "b"),
        "reason-before-2003-below": _written(
            [f"CLASSIFIED BY: {_WHO}", "REASON: 1.5 (B) AND (D)"], _WHO, "bd", "1.5"
        ),
        "as-paragraph-one": _first_paragraph,
        "range": lambda _: line(
            f"Classified By: {_WHO}. Reason: 1.4 (a) through (d).", classified_by=_WHO, reasons=UNSURE
        ),
    },
    "1990",
    "2005",
    "newspaper",
    "extract",
)
