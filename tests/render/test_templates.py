"""Templates: found, compiled and rendered as Jinja would, with every value escaped."""

from pathlib import Path
from typing import Any

import jinja2
import pytest
from markupsafe import Markup
from site_tools import write_files

from generator.render.templates import Templates

VALUES: dict[str, Any] = {
    "text": '<b> & "c"',
    "plain": "no sign of any",
    "long": "It's > than <most> & goes on. " * 20,
    "number": 7,
    "made": Markup("<i>&amp;</i>"),
    "list": ["<a>", "b", Markup("<c>")],
}


@pytest.mark.parametrize(
    "template",
    [
        "{{ text }} {{ plain }} {{ long }} {{ number }} {{ made }} {{ none }}",
        '<p title="{{ text }}">{{ text ~ made }}</p>{{ "<" }}{{ text if number else plain }}',
        "{% macro m(x) %}<u>{{ x }}</u>{% endmacro %}{{ m(text) }}{{ m(m(plain)) }}{{ m(made) }}",
        "{% set x %}<u>{{ text }}</u>{% endset %}{{ x }}{{ x ~ text }}",
        "{% for x in list %}{{ loop.index }}{{ x }}{% endfor %}{{ list|join('<') }}",
        "{% macro m() %}<u>{{ caller(text) }}</u>{% endmacro %}{% call(x) m() %}{{ x }}&{{ text }}{% endcall %}",
        "{% filter upper %}<u>{{ text }}</u>{% endfilter %}{{ text|upper }}{{ text|e }}{{ made|e }}",
        '{% extends "base.html" %}{% block main %}{{ super() }}{{ text }}{{ self.side() }}{% endblock %}',
        '{% from "part.html" import part with context %}{{ part(text) }}{% include "part.html" %}',
    ],
)
def test_a_template_gives_what_jinja_gives(tmp_path: Path, template: str) -> None:
    pieces = {
        "page.html": template,
        "base.html": "{% block side %}<aside>{{ text }}</aside>{% endblock %}{% block main %}{{ long }}{% endblock %}",
        "part.html": "{% macro part(x) %}<u>{{ x }}{{ text }}{{ made }}</u>{% endmacro %}{{ plain }}{{ text }}",
    }
    write_files(tmp_path, pieces)
    plain = jinja2.Environment(loader=jinja2.DictLoader(pieces), autoescape=True)
    values = {**VALUES, "none": None}
    assert Templates([tmp_path]).render("page.html", values) == plain.get_template("page.html").render(values)


def test_a_value_that_no_page_can_hold_is_made_fit_and_a_template_is_left_as_it_is(tmp_path: Path) -> None:
    template = "\u202e{{ text }}{% macro m(x) %}\u202e{{ x }}{% endmacro %}{{ made }}"
    write_files(tmp_path, {"page.html": template})
    values = {"text": "a\u202eb\x00<", "made": Markup("<i>\u2066</i>")}
    assert Templates([tmp_path]).render("page.html", values) == "\u202ea\u200fb\ufffd&lt;<i>\u200e</i>"


def test_the_values_of_a_page_are_escaped_with_care_too(tmp_path: Path) -> None:
    write_files(tmp_path, {"page.html": "{{ text }}|{{ plain }}|{{ made }}|{{ number }}"})
    values = {**VALUES, "plain": "a\x00"}
    shown = Templates([tmp_path]).render("page.html", values)
    assert shown == "&lt;b&gt; &amp; &#34;c&#34;|a\ufffd|<i>&amp;</i>|7"
