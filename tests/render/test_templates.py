"""Templates: found, compiled and rendered as Jinja would, with every value escaped."""

from pathlib import Path
from typing import Any

import jinja2
import pytest
from markupsafe import Markup
from msgspec import Struct
from site_tools import write_files

from generator.render.template_files import TemplateProblem
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


class Row(Struct):
    subject: str
    href: str


class Value(Struct):
    title: str
    rows: tuple[Row, ...]


PARTS = "{% macro cable_rows(rows) %}\n{% for row in rows %}\n{{ row.subjcet }}{% endfor %}{% endmacro %}{% set spare = 1 %}"


# A template, and what is said of its typo.
TYPOS: dict[str, tuple[str, str]] = {
    "a field": ("\n{{ page.titel }}", "page.html:2: a Value has no 'titel'; did you mean 'title'?"),
    "a field in a condition": ("{% if page.titel %}{% endif %}", "page.html:1: a Value has no 'titel'; did you mean 'title'?"),
    "a field to be gone through": ("{% for x in page.rosw %}{% endfor %}", "page.html:1: a Value has no 'rosw'; did you mean 'rows'?"),
    "a value": ("{{ paeg.title }}", "page.html:1: 'paeg' is undefined; did you mean 'page'?"),
    "a field of a loop variable": (
        "{% for row in page.rows %}\n{{ row.hrefs }}{% endfor %}",
        "page.html:2: a Row has no 'hrefs'; did you mean 'href'?",
    ),
    "a loop variable": (
        "{% for cable in page.rows %}\n{{ cabel.href }}{% endfor %}",
        "page.html:2: 'cabel' is undefined; did you mean 'cable'?",
    ),
    "a loop": ("{% for x in page.rows %}{{ loop.indx }}{% endfor %}", "page.html:1: a LoopContext has no 'indx'; did you mean 'index'?"),
    "a name that was set": ("{% set total = 1 %}{{ totl }}", "page.html:1: 'totl' is undefined; did you mean 'total'?"),
    "a field in a macro of a part": (
        '{% from "parts/lists.html" import cable_rows %}\n{{ cable_rows(page.rows) }}',
        "parts/lists.html:3: a Row has no 'subjcet'; did you mean 'subject'?",
    ),
    "a macro that a part does not have": (
        '{% from "parts/lists.html" import cabel_rows %}\n{{ cabel_rows(page.rows) }}',
        "page.html:2: parts/lists.html has no 'cabel_rows'; did you mean 'cable_rows'?",
    ),
    "a macro that is called by another name": (
        '{% from "parts/lists.html" import cable_rows %}\n{{ cable_row(page.rows) }}',
        "page.html:2: 'cable_row' is undefined; did you mean 'cable_rows'?",
    ),
    "a macro of a part with a name": (
        '{% import "parts/lists.html" as lists %}\n{{ lists.cabel_rows(page.rows) }}',
        "page.html:2: a TemplateModule has no 'cabel_rows'; did you mean 'cable_rows'?",
    ),
    "what a macro is called with": (
        '{% from "parts/lists.html" import cable_rows %}\n{{ cable_rows(row=page.rows) }}',
        "page.html:2: TypeError: macro 'cable_rows' takes no keyword argument 'row'",
    ),
    "a macro called with too little": (
        '{% from "parts/lists.html" import cable_rows %}\n{{ cable_rows() }}',
        "parts/lists.html:2: parameter 'rows' was not provided",
    ),
    "a filter": ("\n{{ page.rows|lenght }}", "page.html:2: there is no filter 'lenght'; did you mean 'length'?"),
    "a test": ("{{ page.title is defind }}", "page.html:1: there is no test 'defind'; did you mean 'defined'?"),
    "a part": ('\n{% include "parts/list.html" %}', "page.html:2: no template 'parts/list.html' was found; did you mean 'parts/lists.html'?"),
    "a base": ('{% extends "bsae.html" %}', "page.html:1: no template 'bsae.html' was found; did you mean 'base.html'?"),
    "a block": (
        '{% extends "base.html" %}\n{% block mian %}{{ page.title }}{% endblock %}',
        "page.html:2: base.html has no block 'mian'; did you mean 'main'?",
    ),
    "a template that extends itself": ('{% extends "page.html" %}', "page.html:1: it extends itself: page.html -> page.html"),
    "a tag": ("{% fro x in page.rows %}", "page.html:1: Encountered unknown tag 'fro'."),
    "nothing that is near": ("{{ page.xyzzy }}", "page.html:1: a Value has no 'xyzzy'"),
}  # fmt: skip


@pytest.mark.parametrize("kind", TYPOS)
def test_a_typo_is_an_error_with_template_line_and_the_nearest_name(tmp_path: Path, kind: str) -> None:
    template, message = TYPOS[kind]
    base = "{% block main %}{% endblock %}{% block head %}{% endblock %}"
    write_files(tmp_path, {"page.html": template, "base.html": base, "parts/lists.html": PARTS})
    page = Value(title="t", rows=(Row(subject="s", href="h"),))
    with pytest.raises(TemplateProblem) as caught:
        Templates([tmp_path]).render("page.html", {"page": page, "frame": {}})
    assert str(caught.value) == f"templates/{message}"


def test_a_block_within_a_block_and_one_of_a_base_further_up_are_no_typos(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "page.html": '{% extends "middle.html" %}{% block head %}h{% endblock %}'
            "{% block main %}{% block own %}m{% endblock %}{% endblock %}",
            "middle.html": '{% extends "base.html" %}{% block main %}{% block more %}{% endblock %}{% endblock %}',
            "base.html": "{% block head %}{% endblock %}{% block main %}{% endblock %}",
        },
    )
    assert Templates([tmp_path]).render("page.html", {}) == "hm"


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ page.class }}{{ page.list.0 }}", "a<1>"),  # what is no name of Python's
        ("{{ page.kinds.first }}", "7"),  # an item
        ("{% if page.kinds.last is defined %}no{% endif %}{{ page.kinds.first }}", "7"),
    ],
)
def test_what_is_no_field_is_found_as_jinja_finds_it(tmp_path: Path, template: str, text: str) -> None:
    write_files(tmp_path, {"page.html": template})
    templates = Templates([tmp_path])
    page = {"class": "a", "list": [Markup("<1>")], "kinds": {"first": 7}}
    assert [templates.render("page.html", {"page": page}) for _ in range(2)] == [text, text]
