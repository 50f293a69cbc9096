"""What a page tells machines of its cable: JSON-LD, in the words of schema.org.

A cable is a message that an archive holds, so it has both types; an ArchiveComponent alone would say nothing of sender and
recipient. Where the address of the site is not known, there are no addresses in it.
"""

from functools import lru_cache

import msgspec

from generator.render.citing.citation import Citation
from generator.settings import Settings

_OPENING = '{"@context":"https://schema.org","@type":["ArchiveComponent","Message"]'


def linked_data(citation: Citation, sent: str, settings: Settings) -> str:
    """The JSON-LD of a cable; `sent` is when, as precisely as it is known."""
    one = citation
    fields = [
        ("name", _json(one.title)),
        ("identifier", _json(one.number)),
        ("url", _json(one.url)),
        ("dateSent", _json(sent)),
        ("sender", _organization(one.sender) if one.sender else ""),
        ("recipient", f"[{','.join(map(_organization, one.recipients))}]" if one.recipients else ""),
        ("keywords", _json(", ".join(one.tags))),
    ]
    told = ",".join([f'"{name}":{value}' for name, value in fields if value])
    return f"{_OPENING},{told},{_archive(one.archive, settings.site_url)}}}"


@lru_cache(maxsize=5000)
def _organization(name: str) -> str:
    return f'{{"@type":"Organization","name":{_json(name)}}}'


@lru_cache(maxsize=8)
def _archive(title: str, url: str | None) -> str:
    """What holds the cables of a site, and what they are part of."""
    named = f'"name":{_json(title)}' + (f',"url":{_json(url)}' if url else "")
    return f'"isPartOf":{{"@type":"Collection",{named}}},"holdingArchive":{{"@type":"ArchiveOrganization",{named}}}'


def _json(text: str) -> str:
    return msgspec.json.encode(text).decode() if text else ""
