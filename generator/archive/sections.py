"""Which sections of a long telegram a text holds.

A telegram too long for one transmission goes out in sections, and its classification line says so: 'SECTION 01 OF
03'. Archives mostly join the sections into one text, under the line of the first; that line alone is therefore no
sign that the others are missing. What tells is where the text ends: a signature stands at the end of the last
section only, and page lines and repeated classification lines name the section they stand in.
"""

import re

from generator.telegram.cable import Cable

# 'SECTION 02 OF 03', 'STRELSAU 00000123  002.2 OF 003', 'PAGE 02 STRELS 00123 02 OF 03 141230Z'
_SECTION_OF = re.compile(r"(?<!\d)(\d{1,3})(?:\.\d)?\s{0,3}OF\s{0,3}(\d{1,3})(?!\d)")


def sections_held(cable: Cable) -> frozenset[int]:
    """The numbers of the sections whose text a cable holds, counted from 1."""
    held = {cable.section}
    for part in cable.parts:
        if part.kind == "noise":
            found = _SECTION_OF.findall(part.text)
            held |= {int(number) for number, total in found if int(total) == cable.sections}
    if cable.signer is not None:
        # Without lines between them the sections were joined; with some, only what they name is sure.
        last = {cable.sections} if len(held) > 1 else set(range(cable.section, cable.sections + 1))
        held |= last
    return frozenset(held)


def is_whole(cable: Cable) -> bool:
    """Whether a cable holds all its sections, or never had more than one; an extract leaves out by intention."""
    return cable.is_extract or set(range(1, cable.sections + 1)) <= sections_held(cable)
