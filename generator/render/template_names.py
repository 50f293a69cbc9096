"""Names in templates: those that are not there, and the nearest that are.

Jinja shows a name that it does not know as nothing, or says so without a hint. Here each is an error that names what was
probably meant: a field, a loop variable, a macro, a filter, a template, a block.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, cast

import jinja2
from jinja2 import nodes
from jinja2.environment import TemplateModule
from jinja2.utils import missing
from msgspec import Struct

_NOT_THERE = re.compile(r"'(?P<name>[^']*)' is undefined")
_NOT_EXPORTED = re.compile(r"the template '(?P<template>[^']*)' .* the requested name '(?P<name>[^']*)'")
_NO_FILTER = re.compile(r"No (?P<kind>filter|test) named '(?P<name>[^']*)'\.?")


class MissingName(jinja2.StrictUndefined):
    """A name that is not there: an error wherever it is used. For a field it names the nearest that the value has."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        value, name = self._undefined_obj, self._undefined_name
        if self._undefined_hint or value is missing or not isinstance(name, str):
            return str(super()._undefined_message)
        return with_nearest(f"a {type(value).__name__} has no {name!r}", name, _names_of(value))


def _names_of(value: object) -> Iterable[str]:
    """The names that a template may ask of a value."""
    if isinstance(value, Struct):
        return value.__struct_fields__
    if isinstance(value, Mapping):
        return [key for key in value if isinstance(key, str)]
    names = vars(value) if isinstance(value, TemplateModule) else dir(value)
    return [name for name in names if not name.startswith("_")]


def with_nearest(message: str, name: str, names: Iterable[str]) -> str:
    """A message with the nearest of some names behind it, if one is near."""
    near = get_close_matches(name, sorted(set(names) - {name}), n=1)
    return f"{message}; did you mean {near[0]!r}?" if near else message


def explain_undefined(
    message: str, template: str | None, values: Mapping[str, Any], environment: jinja2.Environment
) -> str:
    """What Jinja says of a name that is not there, with the nearest that `template` knows or could have imported."""
    if found := _NOT_THERE.fullmatch(message):
        known = {*values, *environment.globals, *(_names_in(template, environment) if template else ())}
        return with_nearest(message, found["name"], known)
    if found := _NOT_EXPORTED.fullmatch(message):
        words = f"{found['template']} has no {found['name']!r}"
        return with_nearest(words, found["name"], _exports(found["template"], environment))
    return message


def explain_syntax(message: str, environment: jinja2.Environment) -> str:
    """What Jinja says of wrong syntax, with the nearest filter or test where there is none of a name."""
    if found := _NO_FILTER.fullmatch(message):
        known = environment.filters if found["kind"] == "filter" else environment.tests
        return with_nearest(f"there is no {found['kind']} {found['name']!r}", found["name"], known)
    return message


def stray_block(name: str, environment: jinja2.Environment) -> tuple[str, int] | None:
    """What is wrong with a block of a template that nothing it extends has, and its line; None where all are right.

    What stands in such a block would be on no page. A template that extends itself is told too: Jinja would go on for ever.
    """
    tree = _tree(name, environment)
    above, known = _extended(tree), set[str]()
    if above is None:
        return None
    parent: str | None = above
    chain = [name]
    while parent is not None:
        if parent in chain:
            return f"it extends itself: {' -> '.join([*chain, parent])}", 1
        chain.append(parent)
        try:
            tree_above = _tree(parent, environment)
        except jinja2.TemplateNotFound:
            return None  # the page that uses it will say so
        known.update(block.name for block in tree_above.find_all(nodes.Block))
        parent = _extended(tree_above)
    for block in _outer_blocks(tree):
        if block.name not in known:
            return with_nearest(f"{above} has no block {block.name!r}", block.name, known), block.lineno
    return None


def _tree(name: str, environment: jinja2.Environment) -> nodes.Template:
    loader = cast(jinja2.BaseLoader, environment.loader)
    return environment.parse(loader.get_source(environment, name)[0], name)


def _extended(tree: nodes.Template) -> str | None:
    """The template that one extends; None where it extends none, or one whose name is computed."""
    extends = tree.find(nodes.Extends)
    name = extends.template if extends else None
    return name.value if isinstance(name, nodes.Const) and isinstance(name.value, str) else None


def _outer_blocks(node: nodes.Node) -> Iterator[nodes.Block]:
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Block):
            yield child
        else:
            yield from _outer_blocks(child)


def _names_in(template: str, environment: jinja2.Environment) -> Iterator[str]:
    """The names that a template makes: of loops, of `set`, of macros and their parameters, of what it imports."""
    tree = _tree(template, environment)
    yield from (name.name for name in tree.find_all(nodes.Name) if name.ctx in ("store", "param"))
    yield from (macro.name for macro in tree.find_all(nodes.Macro))
    yield from (imported.target for imported in tree.find_all(nodes.Import))
    for imported in tree.find_all(nodes.FromImport):
        yield from (name if isinstance(name, str) else name[1] for name in imported.names)


def _exports(template: str, environment: jinja2.Environment) -> Iterator[str]:
    tree = _tree(template, environment)
    for node in tree.body:
        if isinstance(node, nodes.Macro):
            yield node.name
        elif isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
            yield node.target.name
