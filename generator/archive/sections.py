"""Which sections of a long telegram a cable holds."""

from generator.telegram.cable import Cable


def sections_held(cable: Cable) -> frozenset[int]:
    """The numbers of the sections whose text a cable holds, counted from 1: all that leave no gap.

    A part that the release withholds leaves a gap too, and is no missing section.
    """
    held = set(range(1, cable.sections + 1))
    for block in cable.body:
        if block.kind == "gap":
            # '2 of 3' or '3 to 10 of 10'
            first, *others = [int(word) for word in block.text.split() if word.isdigit()] or [0]
            held -= set(range(first, (others[0] if len(others) > 1 else first) + 1))
    return frozenset(held)


def is_whole(cable: Cable) -> bool:
    """Whether a cable holds all its sections, or never had more than one."""
    return len(sections_held(cable)) == cable.sections
