"""Which templates a page is made of: a change of one of them is a change of every page that uses it."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import jinja2
from jinja2 import meta

_DIGEST = 16  # bytes
_PARSER = jinja2.Environment(autoescape=True)


def template_digests(folders: Sequence[Path], names: Iterable[str]) -> dict[str, str]:
    """For each template a digest of its text and of all that it extends, imports or includes."""
    loader = jinja2.FileSystemLoader([str(folder) for folder in folders])
    environment = jinja2.Environment(loader=loader, autoescape=True)
    return {name: _digest(name, environment) for name in names}


def _digest(name: str, environment: jinja2.Environment) -> str:
    digest = hashlib.blake2b(digest_size=_DIGEST)
    waiting, seen = [name], set()
    while waiting:
        used = waiting.pop()
        if used in seen:
            continue
        seen.add(used)
        try:
            text = environment.loader.get_source(environment, used)[0] if environment.loader else ""
            # A name that is computed may be any of them.
            waiting += sorted(
                other
                for one in _named_in(text)
                for other in (environment.list_templates(["html"]) if one is None else [one])
            )
        except jinja2.TemplateNotFound:
            text = ""
        except UnicodeDecodeError as error:
            text = repr(error.object)  # the page that uses it will say so, as of wrong syntax
        except jinja2.TemplateSyntaxError:
            pass
        digest.update(f"{used}\0{text}\0".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


@lru_cache(maxsize=200)
def _named_in(text: str) -> tuple[str | None, ...]:
    """The templates that a template names, None for one whose name is computed.

    Most pages use the same few templates, and a preview asks again and again: each text is parsed once.
    """
    return tuple(meta.find_referenced_templates(_PARSER.parse(text)))
