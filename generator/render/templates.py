"""The templates: where they are found, and what is said when one is broken.

A project's own templates/ comes first, so that one file of the same name replaces a built-in one. Text is escaped
unless `markup` has made it, and an undefined name is an error, not an empty string.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

from generator.render.template_files import TemplateProblem
from generator.render.text.markup import escape_value, fit_for_page, is_fit_for_page

# What an expression of a template may raise besides Jinja's own errors.
_WRONG_EXPRESSION = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class _Compiler(CodeGenerator):
    """Compiles templates as Jinja does, but has them escape by `escape_value`.

    A page has a hundred values, most of them a word or two; a third of its time went into making Markup of each.
    """

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        super().visit_Template(node, frame)
        self.writeline(f"from {escape_value.__module__} import {escape_value.__name__} as escape")


class Templates:
    """The templates of one build, compiled as they are first used."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader([str(folder) for folder in folders]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.code_generator_class = _Compiler
        # The same, for the few pages with a value that is not fit as it stands.
        self._careful = self._environment.overlay(finalize=fit_for_page)

    def render(self, name: str, values: Mapping[str, Any]) -> str:
        """The text of a page. Raises TemplateProblem for a template that is missing or wrong."""
        text = self._render(self._environment, name, values)
        # To look through a page once is much sooner done than to ask of each of its values.
        return text if is_fit_for_page(text) else self._render(self._careful, name, values)

    def _render(self, environment: jinja2.Environment, name: str, values: Mapping[str, Any]) -> str:
        try:
            return environment.get_template(name).render(values)
        except jinja2.TemplateNotFound as error:
            place = self._place(error)
            raise _problem(place, name, f"no template {error.name!r} was found") from None
        except jinja2.TemplateSyntaxError as error:
            file = Path(error.filename) if error.filename else None
            raise TemplateProblem(
                error.name or name, error.message or "wrong syntax", file=file, line=error.lineno
            ) from None
        except jinja2.UndefinedError as error:
            raise _problem(self._place(error), name, _explained(str(error.message), values)) from None
        except UnicodeDecodeError as error:
            raise TemplateProblem(name, "it, or a template that it uses, is not UTF-8") from error
        except (jinja2.TemplateRuntimeError, *_WRONG_EXPRESSION) as error:
            place = self._place(error)
            if place is None:  # of the program, not of a template
                raise
            raise _problem(place, name, f"{type(error).__name__}: {error}") from error

    def _place(self, error: BaseException) -> "_Place | None":
        """File and line of the innermost template that an error passed through; None where it passed through none."""
        place = None
        trace = error.__traceback__
        while trace is not None:
            file = Path(trace.tb_frame.f_code.co_filename)
            folder = next((folder for folder in self._folders if file.is_relative_to(folder)), None)
            if folder is not None:
                place = _Place(name=file.relative_to(folder).as_posix(), file=file, line=trace.tb_lineno)
            trace = trace.tb_next
        return place


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A line of a template."""

    name: str  # below templates/
    file: Path
    line: int


def _problem(place: _Place | None, name: str, reason: str) -> TemplateProblem:
    if place is None:
        return TemplateProblem(name, reason)
    return TemplateProblem(place.name, reason, file=place.file, line=place.line)


# How Jinja says that a value of ours lacks a field: "'generator.render.pages.home_page.HomePage object'
# has no attribute 'titel'".
_NO_FIELD = re.compile(r"'[\w.]*\.(?P<type>\w+) object' has no attribute '(?P<name>[^']*)'")


def _explained(message: str, values: Mapping[str, Any]) -> str:
    """What is missing, in few words, and the nearest name that exists."""
    if found := _NO_FIELD.fullmatch(message):
        wanted, message = found["name"], f"a {found['type']} has no {found['name']!r}"
    else:
        wanted = message.rpartition(" has no attribute ")[2].strip("'") or message.split("'")[1]
    owners = [values, *(value for value in values.values() if hasattr(value, "__slots__"))]
    names = {name for owner in owners for name in (owner if isinstance(owner, Mapping) else owner.__slots__)}
    near = get_close_matches(wanted.split("'")[0], sorted(names), n=1)
    return f"{message}; did you mean {near[0]!r}?" if near else message
