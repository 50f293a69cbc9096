"""How large a site is, in words: what `build` ends with, and what `check` says of it."""

from collections.abc import Iterator

from generator.inspection.budget import FILE_LIMIT, PAGES_LIMIT, Budget, Level, Weight, deploy_seconds
from generator.render.words import counted

_SMALLEST_SHARE = 0.001
_MINUTE = 60
_MOST_NAMED = 3

_LEVELS: dict[Level, str] = {"fits": "", "near": ", which is nearly all", "over": ", which is too much"}


def budget_lines(files: int, size: int, folder: str, folder_size: int) -> tuple[str, str]:
    """'743 files, 3.9 MB, 1.0 MB of it in cable/', and '0.4% of what GitHub Pages takes, some 16 s to deploy by estimate'."""
    within = f", {size_in_words(folder_size)} of it in {folder}" if folder else ""
    return f"{counted(files, 'file')}, {size_in_words(size)}{within}", _share(files, size)


def budget_in_a_line(files: int, size: int, folder: str, folder_size: int) -> str:
    """The same in one sentence."""
    return "; ".join(budget_lines(files, size, folder, folder_size))


def budget_facts(budget: Budget, *, are_parts: bool = False) -> Iterator[tuple[str, str]]:
    """All that `check` says of the size of a site: a label and a text each. Parts are sites, of which the largest counts."""
    yield "size", f"{counted(budget.files, 'file')}, {size_in_words(budget.size)}"
    if budget.folders:
        yield "folders", _named(budget.folders)
    if budget.largest:
        yield "largest", _named(budget.largest)
    site = budget.largest_part if are_parts else budget
    largest = f"{budget.folders[0].address}, the largest: " if are_parts and budget.folders else ""
    yield "GitHub", f"{largest}{_share(site.files, site.size)}"
    for weight in budget.heavy[:_MOST_NAMED]:
        yield "", heavy_in_words(weight)
    if site.level != "fits":
        for saving in budget.savings:
            yield "without", f"{size_in_words(saving.size)} less: {saving.setting}"
        yield "", 'parts, each a site of less than 1 GB: [publish] split = "year", and see the documentation'


def heavy_in_words(weight: Weight) -> str:
    """What git or GitHub says of a large file."""
    limit = f"{FILE_LIMIT / 1_000_000:,.0f} MB"
    refuses = (
        f"git refuses to push more than {limit}"
        if weight.size > FILE_LIMIT
        else f"GitHub warns of it, and refuses more than {limit}"
    )
    return f"{weight.address} has {size_in_words(weight.size)}: {refuses}"


def _named(weights: tuple[Weight, ...]) -> str:
    return ", ".join(f"{weight.address} {size_in_words(weight.size)}" for weight in weights[:_MOST_NAMED])


def _share(files: int, size: int) -> str:
    """How much of what GitHub Pages takes a site is, and how long it may take there."""
    share = size / PAGES_LIMIT
    told = f"{share:.1%}" if share >= _SMALLEST_SHARE else f"under {_SMALLEST_SHARE:.1%}"
    level = _LEVELS[Budget(files=files, size=size).level]
    return f"{told} of what GitHub Pages takes{level}, some {_duration(deploy_seconds(files, size))} to deploy by estimate"


def _duration(seconds: float) -> str:
    """'16 s', '4 min'."""
    return f"{seconds:.0f} s" if seconds < 2 * _MINUTE else f"{seconds / _MINUTE:.0f} min"


def size_in_words(size: int) -> str:
    """'34 kB', '3.9 MB'."""
    if size >= 1_000_000:
        return f"{size / 1_000_000:,.1f} MB"
    return f"{size / 1000:,.0f} kB"
