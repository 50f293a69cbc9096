"""The templates: where they are found, and what is said when one is broken.

A project's own templates/ comes first, so that one file of the same name replaces a built-in one. Text is escaped
unless `markup` has made it, and an undefined name is an error, not an empty string.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from keyword import iskeyword
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context

from generator.render.template_files import TemplateProblem
from generator.render.template_names import (
    MissingName,
    explain_syntax,
    explain_undefined,
    stray_block,
    with_nearest,
)
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


class _QuickCompiler(_Compiler):
    """The same, but `page.title` is asked for as Python does, and never as an item.

    A page asks for some four hundred fields of its values, which all are there.
    """

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        if not isinstance(node.node, nodes.Name | nodes.Getattr) or iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.visit(node.node, frame)
        self.write(f".{node.attr}")


class _Template(jinja2.Template):
    """A template whose macros others import as they are: none has globals of its own, for which Jinja looks each time."""

    def _get_default_module(self, _ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


class Templates:
    """The templates of one build, compiled as they are first used."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader([str(folder) for folder in folders]),
            autoescape=True,
            undefined=MissingName,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.code_generator_class = _Compiler
        self._environment.template_class = _Template
        self._quick = self._environment.overlay()
        self._quick.code_generator_class = _QuickCompiler
        self._slow: set[str] = set()  # names of templates that ask for what is no field
        # The same, for the few pages with a value that is not fit as it stands.
        self._careful = self._environment.overlay(finalize=fit_for_page)
        self._checked: set[str] = set()  # names of templates whose blocks are right

    def render(self, name: str, values: Mapping[str, Any]) -> str:
        """The text of a page. Raises TemplateProblem for a template that is missing or wrong."""
        text = self._render_soon(name, values)
        # To look through a page once is much sooner done than to ask of each of its values.
        return text if is_fit_for_page(text) else self._render(self._careful, name, values)

    def _render_soon(self, name: str, values: Mapping[str, Any]) -> str:
        if name not in self._slow:
            try:
                return self._render(self._quick, name, values)
            except TemplateProblem:
                # Jinja may find there an item, or a name whose absence is asked for; else it says best what is wrong.
                self._slow.add(name)
        return self._render(self._environment, name, values)

    def _render(self, environment: jinja2.Environment, name: str, values: Mapping[str, Any]) -> str:
        try:
            template = environment.get_template(name)
            self._check_blocks(template)
            return template.render(values)
        except jinja2.TemplateNotFound as error:
            reason = f"no template {error.name!r} was found"
            names = environment.list_templates(["html"])
            raise _problem(self._place(error), name, with_nearest(reason, str(error.name), names)) from None
        except jinja2.TemplateSyntaxError as error:
            file = Path(error.filename) if error.filename else None
            reason = explain_syntax(error.message or "wrong syntax", environment)
            raise TemplateProblem(error.name or name, reason, file=file, line=error.lineno) from None
        except jinja2.UndefinedError as error:
            place = self._place(error)
            reason = explain_undefined(str(error.message), place.name if place else None, values, environment)
            raise _problem(place, name, reason) from None
        except UnicodeDecodeError as error:
            raise TemplateProblem(name, "it, or a template that it uses, is not UTF-8") from error
        except (jinja2.TemplateRuntimeError, *_WRONG_EXPRESSION) as error:
            place = self._place(error)
            if place is None:  # of the program, not of a template
                raise
            raise _problem(place, name, f"{type(error).__name__}: {error}") from error

    def _check_blocks(self, template: jinja2.Template) -> None:
        name = str(template.name)
        if name in self._checked:
            return
        if stray := stray_block(name, self._environment):
            file = Path(template.filename) if template.filename else None
            raise TemplateProblem(name, stray[0], file=file, line=stray[1])
        self._checked.add(name)

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
