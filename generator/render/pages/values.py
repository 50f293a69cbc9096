"""The values of facets in words: what a TAGS code, a post, a level or a year is called and stands for."""

from msgspec import Struct

from generator.archive.address import Facet, facet_address, relative
from generator.archive.catalogue import FacetCount
from generator.lexicon import Lexicon, guess_tag_kind
from generator.lexicon.lexicon import Post, PostKind, TagKind
from generator.render.words import period_in_words

_TAG_KINDS: dict[TagKind, str] = {
    "subject": "for a subject",
    "program": "for a program or an operation",
    "geographic": "for a country or a region",
    "organization": "for an organization, or a name",
}

_POST_KINDS: dict[PostKind, str] = {
    "embassy": "An embassy",
    "consulate": "A consulate",
    "mission": "A mission to an organization",
    "department": "An office at home",
    "other": "A post",
}


class CountLine(Struct, frozen=True, kw_only=True):
    """A value or a period with its number of cables."""

    href: str
    label: str
    meaning: str
    count: str
    anchor: str = ""  # '' for none


def count_line(
    facet: Facet, here: str, value: FacetCount, lexicon: Lexicon, *, anchor: str = ""
) -> CountLine:
    """A value as a list on the page `here` shows it."""
    return CountLine(
        href=relative(here, facet_address(facet, value.value)),
        label=value_label(facet, value.value, lexicon),
        meaning=value_meaning(facet, value.value, lexicon),
        count=f"{value.count:,}",
        anchor=anchor,
    )


def value_label(facet: Facet, value: str, lexicon: Lexicon) -> str:
    """What a value is called: 'PGOV', 'Embassy Astana', '2008'."""
    if facet == "date":
        return period_in_words(value)
    return lexicon.post_name(value) if facet == "origin" else value


def value_meaning(facet: Facet, value: str, lexicon: Lexicon) -> str:
    """What a value stands for: the name of a code, the country of a post; '' where that is not known."""
    match facet:
        case "tag":
            return lexicon.tag_name(value) or ""
        case "classification":
            return lexicon.classifications.get(value, "")
        case "origin":
            post = lexicon.posts.get(value)
            return (lexicon.tag_name(post.country) or "") if post and post.country else ""
        case "date":
            return ""


def value_explanation(facet: Facet, value: str, lexicon: Lexicon) -> str:
    """What else is to be known of a value, in a sentence or two; '' for nothing."""
    match facet:
        case "tag":
            return _explained_tag(value, lexicon)
        case "origin":
            return _explained_post(value, lexicon)
        case _:
            return ""


def tag_kind(code: str, lexicon: Lexicon) -> TagKind:
    """The kind of a code, by its shape where no table has it."""
    known = lexicon.tags.get(code)
    return known.kind if known else guess_tag_kind(code)


def _explained_tag(code: str, lexicon: Lexicon) -> str:
    known = lexicon.tags.get(code)
    kind = _TAG_KINDS[tag_kind(code, lexicon)]
    if known is None:
        return f"By its shape a code {kind}; what it stands for is not known here."
    notes = [f"A code {kind}"]
    if known.historic:
        notes.append("no longer in use by 2010")
    if known.unsure:
        notes.append("its meaning could not be confirmed")
    return f"{'; '.join(notes)}."


def _explained_post(key: str, lexicon: Lexicon) -> str:
    known = lexicon.posts.get(key)
    other = lexicon.other_post_key(key)
    names = f"{key}, in other years {other}" if other else key
    cited = f"ts cables are cited as {names}."
    return f"{_POST_KINDS[known.kind]}{_place(known)}; i{cited}" if known else f"I{cited}"


def _place(post: Post) -> str:
    """Where a post lies, ' at 51.2° N, 71.4° E'; '' where that is not known."""
    if post.latitude is None or post.longitude is None:
        return ""
    north = f"{abs(post.latitude):.1f}° {'N' if post.latitude >= 0 else 'S'}"
    east = f"{abs(post.longitude):.1f}° {'E' if post.longitude >= 0 else 'W'}"
    return f" at {north}, {east}"
