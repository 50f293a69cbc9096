import dataclasses
from pathlib import Path

import pytest
from site_tools import write_files

from generator.lexicon import Abbreviation, Post, TagMeaning, builtin_lexicon
from generator.settings import (
    LexiconAdditions,
    Settings,
    SettingsError,
    commented_settings,
    load_settings,
    project_lexicon,
)
from generator.settings.data import DataSettings
from generator.settings.feeds import FeedSettings, RedirectSettings, RobotsSettings
from generator.settings.publish import PublishSettings
from generator.settings.search import SearchSettings
from generator.settings.theme import Theme


def settings_of(folder: Path, text: str) -> Settings:
    (folder / "cablepress.toml").write_text(text, encoding="utf-8")
    return load_settings(folder)


def messages_of(folder: Path, text: str) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        settings_of(folder, text)
    return caught.value.messages


def test_no_setting_is_needed(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()


def test_settings_stand_at_the_top_of_cablepress_toml(tmp_path: Path) -> None:
    settings = settings_of(
        tmp_path,
        """
        title = "The Strelsau Papers"
        description = "What the legation wrote."
        language = "pt-BR"
        content = "cables"
        site = "public/html"
        templates = "theme"
        rows_per_page = 100
        """,
    )
    assert settings == Settings(
        title="The Strelsau Papers",
        description="What the legation wrote.",
        language="pt-BR",
        content="cables",
        site="public/html",
        templates="theme",
        rows_per_page=100,
    )


def test_settings_may_stand_in_pyproject_toml(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n\n[tool.cablepress]\ntitle = "Papers"\n')
    assert load_settings(tmp_path).title == "Papers"


def test_the_pyproject_toml_of_another_tool_is_no_settings_file(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.other]\ntitel = 1\n")
    assert load_settings(tmp_path) == Settings()


def test_settings_in_both_files_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.cablepress]\ntitle = "One"\n')
    assert messages_of(tmp_path, 'title = "Two"\n') == (
        "cablepress.toml and [tool.cablepress] in pyproject.toml both hold settings; keep one of them",
    )


def test_a_file_of_comments_beside_settings_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.cablepress]\ntitle = "One"\n')
    assert settings_of(tmp_path, commented_settings()).title == "One"


def test_a_byte_order_mark_and_crlf_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "cablepress.toml").write_bytes(b'\xef\xbb\xbftitle = "Papers"\r\nrows_per_page = 1\r\n')
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path)
    assert caught.value.messages == (
        "cablepress.toml:2: rows_per_page must be a whole number, 10 or more, not 1",
    )


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://example.org/cables/", "https://example.org/cables/"),
        ("http://localhost:8000/a/b//", "http://localhost:8000/a/b/"),
    ],
)
def test_a_site_url_ends_in_a_slash(tmp_path: Path, written: str, url: str) -> None:
    assert settings_of(tmp_path, f'site_url = "{written}"').site_url == url


@pytest.mark.parametrize(
    "written",
    [
        "example.org",
        "ftp://example.org",
        "https://",
        "https:///path",
        "https://example.org:port",
        "https://[::1",
        "https://user@example.org",
        "//example.org",
        "https://example.org/?page=1",
        "https://example.org/#top",
        "https://example.org/a b",
        "",
    ],
)
def test_a_site_url_is_an_absolute_web_address(tmp_path: Path, written: str) -> None:
    (message,) = messages_of(tmp_path, f'site_url = "{written}"')
    assert message.startswith(
        "cablepress.toml:1: site_url must be an address that begins with http:// or https://"
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("titel = 'x'", "unknown key 'titel'; did you mean 'title'?"),
        ("Title = 'x'", "unknown key 'Title'; did you mean 'title'?"),
        ("site-url = 'x'", "unknown key 'site-url'; did you mean 'site_url'?"),
        (
            "xyzzy = 1",
            "unknown key 'xyzzy'; the keys are title, description, language, site_url, content, site, templates, "
            "rows_per_page, theme, lexicon, search, related, data, feeds, robots, redirects, publish",
        ),
        ("lexicon.tag.QR = 'x'", "unknown key 'tag' in [lexicon]; did you mean 'tags'?"),
        (
            "lexicon.posts.ZENDA = { name = 'Zenda', contry = 'QR' }",
            "unknown key 'contry' in [lexicon.posts.ZENDA]; did you mean 'country'?",
        ),
        ("title = 5", "title must be a text in quotes, not 5"),
        ("title = ''", 'title must be a text in quotes, not ""'),
        ("title = true", "title must be a text in quotes, not true"),
        ("title = ['a']", "title must be a text in quotes, not a list"),
        ("title.a = 'x'", "title must be a text in quotes, not a table"),
        (
            f"language = '{'x' * 60}'",
            f'''language must be a language tag such as 'en' or 'pt-BR', not "{"x" * 35} ...''',
        ),
        ("rows_per_page = 9", "rows_per_page must be a whole number, 10 or more, not 9"),
        ("rows_per_page = '500'", 'rows_per_page must be a whole number, 10 or more, not "500"'),
        ("rows_per_page = 500.0", "rows_per_page must be a whole number, 10 or more, not 500.0"),
        ("rows_per_page = true", "rows_per_page must be a whole number, 10 or more, not true"),
        ("site = '../public'", 'site must be the name of a folder inside the project, not "../public"'),
        ("site = '/srv/www'", 'site must be the name of a folder inside the project, not "/srv/www"'),
        ("site = '.'", 'site must be the name of a folder inside the project, not "."'),
        ("site = 'content'", "content and site must be separate folders; 'content' and 'content' are not"),
        (
            "site = './content/x'",
            "content and site must be separate folders; 'content' and 'content/x' are not",
        ),
        ("content = 'site/x'", "content and site must be separate folders; 'site/x' and 'site' are not"),
        ("theme = 'dark'", 'theme must be a table, not "dark"'),
        (
            "theme.font = 'x'",
            "unknown key 'font' in [theme]; the keys are serif, sans, mono, logo, colours, dark",
        ),
        ("search.feilds = []", "unknown key 'feilds' in [search]; did you mean 'fields'?"),
        ("data.cvs = true", "unknown key 'cvs' in [data]; did you mean 'csv'?"),
        ("data.csv = 1", "data.csv must be true or false, not 1"),
        ("search.enabled = 1", "search.enabled must be true or false, not 1"),
        (
            "search.fields = ['subject', 'body']",
            "search.fields must be a list of some of subject, summary, text, signer, addressees, tags, ids, "
            "not a list",
        ),
        (
            "search.fields = []",
            "search.fields must be a list of some of subject, summary, text, signer, addressees, tags, ids, "
            "not a list",
        ),
        ("theme.colors.ink = '#000'", "unknown key 'colors' in [theme]; did you mean 'colours'?"),
        ("theme.dark.papr = '#000'", "unknown key 'papr' in [theme.dark]; did you mean 'paper'?"),
        (
            "theme.colours.ink = 'black'",
            "theme.colours.ink must be a colour such as '#14496b' or '#fff', not \"black\"",
        ),
        (
            "theme.colours.ink = '#12345'",
            "theme.colours.ink must be a colour such as '#14496b' or '#fff', not \"#12345\"",
        ),
        ("theme.colours.ink = 0", "theme.colours.ink must be a colour such as '#14496b' or '#fff', not 0"),
        (
            "theme.logo = 'crest.txt'",
            "theme.logo must be a picture (.avif, .gif, .jpeg, .jpg, .png, .svg, .webp) inside the project, "
            'not "crest.txt"',
        ),
        (
            "theme.logo = '../crest.svg'",
            "theme.logo must be a picture (.avif, .gif, .jpeg, .jpg, .png, .svg, .webp) inside the project, "
            'not "../crest.svg"',
        ),
        (
            "theme.logo = 'crest.svg'",
            'theme.logo must be a file in content/ or templates/assets/, not "crest.svg"',
        ),
        ("theme.logo = 'content/crest.svg'", "theme.logo: there is no file content/crest.svg"),
        ("lexicon = 'none'", 'lexicon must be a table, not "none"'),
        ("[[lexicon.posts]]", "lexicon.posts must be a table, not a list"),
        ("lexicon.tags.QR = 1", "lexicon.tags.QR must be a text in quotes, not 1"),
        ("lexicon.tags.qr = 'x'", "'qr' is no TAGS code; expected capitals, as in 'PGOV'"),
        ("lexicon.posts.ZENDA = 'x'", 'lexicon.posts.ZENDA must be a table, not "x"'),
        ("lexicon.posts.ZENDA.kind = 'embassy'", "the post 'ZENDA' has no 'name'"),
        (
            "lexicon.posts.'Port Tarlenheim'.name = 'x'",
            "'Port Tarlenheim' is no key of a post as it stands in reference ids; did you mean 'PORTTARLENHEIM'?",
        ),
        (
            "lexicon.posts.SECSTATE.name = 'x'",
            "'SECSTATE' is no key of a post as it stands in reference ids; did you mean 'STATE'?",
        ),
        ("lexicon.posts.7.name = 'x'", "'7' is no key of a post as it stands in reference ids"),
        (
            "lexicon.posts.ZENDA = { name = 'Zenda', kind = 'embasy' }",
            "lexicon.posts.ZENDA.kind must be 'embassy', not \"embasy\"",
        ),
        (
            "lexicon.posts.ZENDA = { name = 'Zenda', kind = 'zoo' }",
            'lexicon.posts.ZENDA.kind must be one of embassy, consulate, mission, department, other, not "zoo"',
        ),
        (
            "lexicon.posts.ZENDA = { name = 'Zenda', latitude = 91 }",
            "lexicon.posts.ZENDA.latitude must be a number of degrees from -90 to 90, not 91",
        ),
        (
            "lexicon.posts.ZENDA = { name = 'Zenda', longitude = nan }",
            "lexicon.posts.ZENDA.longitude must be a number of degrees from -180 to 180, not nan",
        ),
        (
            "lexicon.posts.ZENDA = { name = 'Zenda', country = 'Ruritania' }",
            'lexicon.posts.ZENDA.country must be a geographic TAGS code of two capitals, not "Ruritania"',
        ),
    ],
)
def test_a_message_names_the_key_and_what_would_be_right(tmp_path: Path, line: str, message: str) -> None:
    assert messages_of(tmp_path, line) == (f"cablepress.toml:1: {message}",)


def test_all_that_is_wrong_is_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = '''# Settings
titel = "x"

description = """
rows_per_page = 3
"""
rows_per_page = 3

[lexicon.posts]
ZENDA = { name = "Zenda" }

[lexicon.posts.STRELSAU]
nam = "Strelsau"
latitude = "north"

[lexicon.tag]
'''
    assert messages_of(tmp_path, text) == (
        "cablepress.toml:2: unknown key 'titel'; did you mean 'title'?",
        "cablepress.toml:7: rows_per_page must be a whole number, 10 or more, not 3",
        "cablepress.toml:12: the post 'STRELSAU' has no 'name'",
        "cablepress.toml:13: unknown key 'nam' in [lexicon.posts.STRELSAU]; did you mean 'name'?",
        "cablepress.toml:14: lexicon.posts.STRELSAU.latitude must be a number of degrees from -90 to 90, "
        'not "north"',
        "cablepress.toml:16: unknown key 'tag' in [lexicon]; did you mean 'tags'?",
    )


def test_lines_are_those_of_pyproject_toml_too(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        "[project]\ntitel = 1\n\n[tool.cablepress]\ntitel = 1\nlexicon.tag = 2\n"
    )
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path)
    assert caught.value.messages == (
        "pyproject.toml:5: unknown key 'titel'; did you mean 'title'?",
        "pyproject.toml:6: unknown key 'tag' in [tool.cablepress.lexicon]; did you mean 'tags'?",
    )


def test_settings_that_are_no_table_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool]\ncablepress = 5\n")
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path)
    assert caught.value.messages == ("pyproject.toml:2: tool.cablepress must be a table, not 5",)


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "cablepress.toml").mkdir()
    with pytest.raises(SettingsError, match=r"^cablepress\.toml: cannot be read: Is a directory$"):
        load_settings(tmp_path)


def test_an_archive_brings_words_of_its_own(tmp_path: Path) -> None:
    settings = settings_of(
        tmp_path,
        """
        [lexicon.tags]
        QR = "Ruritania"
        KSLT = "The Salt Road"
        UNSC = "The council"

        [lexicon.posts.STRELSAU]
        name = "Embassy Strelsau"
        kind = "embassy"
        country = "QR"
        routing = "RUEHQS"
        latitude = 47
        longitude = 15.9

        [lexicon.posts]
        DANORCOMMISSION.name = "Danor Commission"

        [lexicon.abbreviations]
        GOR = "Government of Ruritania"
        """,
    )
    assert settings.lexicon == LexiconAdditions(
        tags=(
            TagMeaning(code="QR", kind="geographic", name="Ruritania"),
            TagMeaning(code="KSLT", kind="program", name="The Salt Road"),
            TagMeaning(code="UNSC", kind="organization", name="The council"),
        ),
        posts=(
            Post(
                key="STRELSAU",
                kind="embassy",
                name="Embassy Strelsau",
                country="QR",
                routing="RUEHQS",
                latitude=47.0,
                longitude=15.9,
            ),
            Post(key="DANORCOMMISSION", kind="other", name="Danor Commission"),
        ),
        abbreviations=(Abbreviation(term="GOR", expansion="Government of Ruritania", context="archive"),),
    )
    lexicon = project_lexicon(settings)
    assert lexicon.tag_name("QR") == "Ruritania"
    assert lexicon.post_name("STRELSAU") == "Embassy Strelsau"
    assert lexicon.abbreviations["GOR"].expansion == "Government of Ruritania"


def test_an_archive_without_words_of_its_own_has_the_builtin_lexicon() -> None:
    assert project_lexicon(Settings()) is builtin_lexicon()


def test_a_project_sets_colours_fonts_and_a_logo(tmp_path: Path) -> None:
    write_files(tmp_path, {"content/pictures/crest.SVG": "<svg/>"})
    settings = settings_of(
        tmp_path,
        """
        [theme]
        serif = "'EB Garamond',Georgia , serif"
        mono = 'ui-monospace, "Noto Sans Mono"'
        logo = "content/pictures/crest.SVG"

        [theme.colours]
        link = "#ABC"
        paper = "#FFFDF5"

        [theme.dark]
        top-secret = "#f3b87a"
        """,
    )
    assert settings.theme == Theme(
        serif="'EB Garamond', Georgia, serif",
        mono='ui-monospace, "Noto Sans Mono"',
        logo="content/pictures/crest.SVG",
        colours=(("paper", "#fffdf5"), ("link", "#aabbcc")),  # in the order of the stylesheet
        dark=(("top-secret", "#f3b87a"),),
    )


def test_a_project_says_which_data_files_its_site_offers(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, "[data]\ncsv = false\nsqlite = true\n")
    assert settings.data == DataSettings(csv=False, jsonl=True, sqlite=True)


def test_a_project_says_whether_and_what_its_readers_search(tmp_path: Path) -> None:
    settings = settings_of(
        tmp_path, '[search]\nenabled = false\nfields = ["text", "subject", "text"]\npositions = false\n'
    )
    assert settings.search == SearchSettings(enabled=False, fields=("subject", "text"), positions=False)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "serif;",
        "serif} a {",
        "serif, ",
        "'Gara;mond'",
        "'Gara\\\\mond'",
        "'Garamond",
        "Garamond'",
        "'a' 'b'",
        "'a\"",
        "url(x)",
        "var(--x)",
        "@import",
        "a/*",
        "<style>",
        "5th",
        "a\\nb",
        "inherit !important",
    ],
)
def test_a_list_of_fonts_cannot_leave_its_declaration(tmp_path: Path, written: str) -> None:
    text = written.replace('"', '\\"')
    (message,) = messages_of(tmp_path, f'theme.sans = "{text}"')
    assert message.startswith("cablepress.toml:1: theme.sans must be names of fonts with commas between them")


def test_the_commented_file_sets_nothing(tmp_path: Path) -> None:
    assert settings_of(tmp_path, commented_settings()) == Settings()


def test_the_commented_file_shows_every_key_with_its_default(tmp_path: Path) -> None:
    write_files(tmp_path, {"content/crest.svg": "<svg/>"})  # which the example names
    lines = [line.removeprefix("#") for line in commented_settings().split("\n") if not line.startswith("# ")]
    settings = settings_of(tmp_path, "\n".join(lines))
    keys = [line.partition(" = ")[0] for line in lines if " = " in line]
    tables = ("theme", "search", "related", "data", "lexicon", "feeds", "robots", "redirects", "publish")
    shown = [field.name for field in dataclasses.fields(Settings) if field.name not in tables]
    assert keys[: len(shown)] == shown
    examples = {
        "site_url": "https://example.org/cables/",
        "theme": settings.theme,
        "lexicon": settings.lexicon,
        "robots": RobotsSettings(noindex=("date", "day")),
        "publish": PublishSettings(
            domain="cables.example.org",
            split="decade",
            part_url="https://example.org/cables-{part}/",
            part_remote="git@github.com:example/cables-{part}.git",
        ),
    }
    assert settings == dataclasses.replace(Settings(), **examples)  # type: ignore[arg-type]
    assert all(getattr(settings.lexicon, field.name) for field in dataclasses.fields(LexiconAdditions))
    assert all(getattr(settings.theme, field.name) for field in dataclasses.fields(Theme))


def test_every_key_says_what_it_is_for() -> None:
    for settings_class in (
        *(Settings, Theme, SearchSettings, DataSettings, LexiconAdditions),
        *(FeedSettings, RobotsSettings, RedirectSettings, PublishSettings),
    ):
        for field in dataclasses.fields(settings_class):
            assert field.metadata["about"].endswith("."), field.name
