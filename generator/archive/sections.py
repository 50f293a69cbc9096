"""Which sections of a long telegram a cable holds."""

from generator.telegram.cable import Cable


def sections_held(cable: Cable) -> frozenset[int]:
    """The numbers of the sections whose text a cable holds, counted from 1: all that leave no gap."""
    missing = {int(block.text.split()[0]) for block in cable.body if block.kind == "gap"}
    return frozenset(range(1, cable.sections + 1)) - missing


def is_whole(cable: Cable) -> bool:
    """Whether a cable holds all its sections, or never had more than one."""
    return not any(block.kind == "gap" for block in cable.body)
