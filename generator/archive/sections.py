"""Which sections of a long telegram a cable holds."""

from generator.telegram.cable import Cable


def sections_held(cable: Cable) -> frozenset[int]:
    """The numbers of the sections whose text a cable holds, counted from 1: all that leave no gap."""
    held = set(range(1, cable.sections + 1))
    for block in cable.body:
        if block.kind == "gap":
            # '2 of 3' or '3 to 10 of 10'
            numbers = [int(word) for word in block.text.split() if word.isdigit()]
            held -= set(range(numbers[0], numbers[-2] + 1))
    return frozenset(held)


def is_whole(cable: Cable) -> bool:
    """Whether a cable holds all its sections, or never had more than one."""
    return not any(block.kind == "gap" for block in cable.body)
