"""The theme of a project: what stands in the stylesheet, what is warned of, and the picture beside the name."""

import json
from pathlib import Path
from typing import Any

import pytest
from site_tools import build, read_page, snapshot, telegram, write_files
from tabs import OpenTab

from generator.build.report import BuildRefused
from generator.render.template_files import builtin_templates
from generator.render.theme import contrast, contrast_problems, palette_of, theme_css
from generator.settings.theme import COLOURS, Theme

BUILTIN = [builtin_templates()]

STYLESHEET = "assets/cablepress.css"


def test_every_colour_of_the_settings_is_one_of_the_stylesheet() -> None:
    assert tuple(palette_of(Theme(), BUILTIN)) == COLOURS


def test_the_colours_of_the_stylesheet_can_be_read() -> None:
    palette = palette_of(Theme(), BUILTIN)
    as_theme = Theme(
        colours=tuple((name, day) for name, (day, _) in palette.items()),
        dark=tuple((name, night) for name, (_, night) in palette.items()),
    )
    assert list(contrast_problems(as_theme, BUILTIN)) == []


def test_without_a_theme_nothing_is_added() -> None:
    assert theme_css(Theme(logo="content/crest.svg"), BUILTIN) == b""


def test_colours_and_fonts_stand_at_the_end_of_the_stylesheet(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "content/a.txt": telegram(),
            "cablepress.toml": '[theme]\nserif = "Georgia, serif"\n\n[theme.colours]\nink = "#000"\n\n[theme.dark]\nlink = "#fff"\n',
        },
    )
    build(tmp_path)
    builtin = (builtin_templates() / STYLESHEET).read_text("utf-8")
    assert (tmp_path / "site" / STYLESHEET).read_text("utf-8") == (
        f"{builtin}\n/* The theme: [theme] of the settings. */\n\n"
        ":root { --serif: Georgia, serif; }\n"
        "@media screen {\n"
        "  :root { --ink: light-dark(#000000, #e8e4db); --link: light-dark(#14496b, #ffffff); }\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("stylesheet", "declared"),
    [
        (":root { --ink: light-dark(#010101, #fefefe); }", "--ink: light-dark(#000000, #fefefe);"),
        ("body { color: red }", "--ink: light-dark(#000000, #e8e4db);"),
    ],
)
def test_a_colour_that_is_not_set_is_that_of_the_projects_own_stylesheet(
    tmp_path: Path, stylesheet: str, declared: str
) -> None:
    write_files(tmp_path, {STYLESHEET: stylesheet})
    assert declared in theme_css(Theme(colours=(("ink", "#000000"),)), [tmp_path, *BUILTIN]).decode()


def test_a_reader_sees_the_theme_on_the_screen_and_prints_black_on_white(
    tab: OpenTab, tmp_path: Path
) -> None:
    settings = '[theme]\nsans = "\'Liberation Mono\', monospace"\n\n[theme.colours]\npaper = "#fff0f0"\n\n[theme.dark]\npaper = "#200000"\n'
    write_files(tmp_path, {"content/a.txt": telegram(), "cablepress.toml": settings})
    build(tmp_path)
    for scheme, shown in [("light", "rgb(255, 240, 240)"), ("dark", "rgb(32, 0, 0)")]:
        page = tab(color_scheme=scheme)
        page.goto((tmp_path / "site/index.html").as_uri())

        def style(name: str, selector: str = "html", page: Any = page) -> str:
            return str(page.evaluate(f"getComputedStyle(document.querySelector('{selector}')).{name}"))

        assert style("backgroundColor") == shown
        assert style("fontFamily", ".top") == '"Liberation Mono", monospace'
        page.emulate_media(media="print")
        assert style("backgroundColor") == "rgb(255, 255, 255)"


# Contrast


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.478), ("#ffffff", "#ffffff", 1.0), ("#ff0000", "#ffffff", 3.998)],
)  # fmt: skip
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.001)


@pytest.mark.parametrize(
    ("colours", "told"),
    [
        ({"ink": "#000000"}, []),
        ({"ink": "#777777"}, ["ink #777777 on paper #fcfbf8", "ink #777777 on tint #f3f0e9"]),
        ({"quiet": "#777777"}, ["quiet #777777 on paper #fcfbf8"]),
        ({"link": "#717171"}, []),  # 4.5 is enough for a link
        ({"link": "#777777"}, ["link #777777 on paper #fcfbf8"]),
        ({"top-secret": "#aa5500"}, ["top-secret #aa5500 on paper #fcfbf8"]),
        ({"line": "#fcfbf8"}, []),  # nobody reads a line
        ({"tint": "#777777"}, ["ink #1d1c1a on tint #777777"]),
    ],
)
def test_colours_that_cannot_be_read_are_told(colours: dict[str, str], told: list[str]) -> None:
    problems = list(contrast_problems(Theme(colours=tuple(colours.items())), BUILTIN))
    assert [problem.message.partition(" has ")[0] for problem in problems] == told


def test_a_low_contrast_is_told_by_build_and_check_in_these_words(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {"content/a.txt": telegram(), "cablepress.toml": '[theme.dark]\nlink = "#555"\n'},
    )
    report = build(tmp_path)
    (problem,) = [group.example for group in report.problems if group.code == "contrast-low"]
    assert report.has_warnings
    assert (problem.location, problem.message, problem.next_step) == (
        "[theme]",
        "link #555555 on paper #171614 has a contrast of 2.4:1 in dark colours",
        "4.5:1 or more can be read well; make one of the two lighter or darker",
    )
    (log,) = (tmp_path / ".cablepress/problems.jsonl").read_text("utf-8").splitlines()
    assert json.loads(log)["code"] == "contrast-low"
    assert build(tmp_path).has_warnings  # also where nothing is to do


# The logo


@pytest.mark.parametrize(
    "file", ["content/crest.svg", "content/pictures/crest.png", "templates/assets/img/crest.svg"]
)
def test_a_logo_stands_beside_the_name_on_every_page(tmp_path: Path, file: str) -> None:
    write_files(
        tmp_path,
        {"content/a.txt": telegram(), file: "a crest", "cablepress.toml": f'theme.logo = "{file}"\n'},
    )
    build(tmp_path)
    for name in ("index.html", "tag/PGOV.html", "cable/2008/02/08STRELSAU123.html"):
        page = tmp_path / "site" / name
        (link,) = [link for link in read_page(page).links if "crest" in link]
        assert (page.parent / link).read_text() == "a crest"
        assert f'<img src="{link}" alt="">' in page.read_text("utf-8")


def test_a_logo_has_its_place_before_it_is_there(tab: OpenTab, tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "content/a.txt": telegram(),
            "content/crest.svg": "broken",
            "cablepress.toml": 'theme.logo = "content/crest.svg"\n',
        },
    )
    build(tmp_path)
    page = tab()
    page.goto((tmp_path / "site/index.html").as_uri())
    box = page.locator(".name img").bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (32, 32)


@pytest.mark.parametrize(
    ("file", "ledger"),
    [
        ("content/.crest.svg", ""),
        ("templates/assets/.crest.svg", ""),
        ("content/crest.svg", '[[redact]]\nterm = "crest"\n'),
    ],
)
def test_a_logo_that_the_site_does_not_have_is_refused_and_nothing_is_touched(
    tmp_path: Path, file: str, ledger: str
) -> None:
    write_files(tmp_path, {"content/a.txt": telegram(), file: "a crest", "content/release.toml": ledger})
    build(tmp_path)
    before = snapshot(tmp_path / "site")
    write_files(tmp_path, {"cablepress.toml": f'theme.logo = "{file}"\n'})
    with pytest.raises(BuildRefused) as caught:
        build(tmp_path)
    assert str(caught.value) == (
        f"theme.logo is {file}, which the site does not have; put the file there, let it be published, or name another"
    )
    assert snapshot(tmp_path / "site") == before
    write_files(tmp_path, {"cablepress.toml": ""})
    assert build(tmp_path).nothing_to_do
