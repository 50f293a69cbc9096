"""How long a telegram is, in classes that double: 0 to 99 words, 100 to 199, 200 to 399, and so on.

The archive keeps the class and no number of words, so that a corrected word is hardly ever one of the statistics.
"""

from collections.abc import Iterable

from generator.telegram.cable import Block

_FIRST = 100  # words of the second class

# Blocks whose text is one line with one blank between words, so that blanks can be counted: a tenth of the time.
_IN_ONE_LINE = frozenset({"heading", "paragraph"})


def length_class(body: Iterable[Block]) -> int:
    """The class of a text: 0 below a hundred words, 1 below two hundred, 2 below four hundred."""
    return (_words(body) // _FIRST).bit_length()


def words_of_class(length: int) -> tuple[int, int]:
    """The fewest and the most words of a class."""
    return (_FIRST << length) // 2 if length else 0, (_FIRST << length) - 1


def _words(blocks: Iterable[Block]) -> int:
    """What stands in a body, its headings and quoted texts too; what is left out of it has no words."""
    count = 0
    for block in blocks:
        if block.kind in _IN_ONE_LINE:
            count += block.text.count(" ") + 1
        elif block.kind != "gap":
            count += len(block.text.split())
        for item in block.items:
            count += item.text.count(" ") + 1
        if block.blocks:
            count += _words(block.blocks)
    return count
