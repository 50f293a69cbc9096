import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from generator.settings import Settings, SettingsError, commented_settings, load_settings


def written(folder: Path, text: str, name: str = "cablepress.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def faults(folder: Path) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as error:
        load_settings(folder)
    return error.value.messages


def test_no_setting_is_needed(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cablepress.toml", 'title = "Danor papers"\nrows_per_page = 40'),
        ("pyproject.toml", '[tool.cablepress]\ntitle = "Danor papers"\nrows_per_page = 40'),
    ],
)
def test_settings_stand_in_either_file(tmp_path: Path, name: str, text: str) -> None:
    settings = load_settings(written(tmp_path, text, name))
    assert (settings.title, settings.rows_per_page) == ("Danor papers", 40)


def test_settings_in_both_files_are_refused(tmp_path: Path) -> None:
    written(tmp_path, 'title = "A"')
    written(tmp_path, '[tool.cablepress]\ntitle = "B"', "pyproject.toml")
    assert faults(tmp_path) == (
        "settings stand both in cablepress.toml and in pyproject.toml under [tool.cablepress]; keep one of them",
    )


def test_a_pyproject_without_our_table_is_no_settings_file(tmp_path: Path) -> None:
    written(tmp_path, '[project]\nname = "x"', "pyproject.toml")
    assert load_settings(written(tmp_path, 'title = "A"')).title == "A"


def test_all_faults_are_told_at_once_with_line_and_nearest_key(tmp_path: Path) -> None:
    written(
        tmp_path,
        'titel = "Danor papers"\n'
        "rows_per_page = 5\n"
        'site_url = "danor.example"\n'
        "\n"
        "[lexicon.tags]\n"
        "QR = 4\n"
        "[lexicon.posts.STRELSAU]\n"
        'name = "Embassy Strelsau"\n'
        'lattitude = "north"\n'
        "[lexicon.posts.ZENDA]\n"
        'kind = "consulate"\n',
    )
    assert faults(tmp_path) == (
        "cablepress.toml:1: unknown key 'titel'; did you mean 'title'?",
        "cablepress.toml:2: 'rows_per_page' must be a whole number of 10 or more, not 5",
        "cablepress.toml:3: 'site_url' must be an address such as 'https://name.github.io/repository/', not 'danor.example'",
        "cablepress.toml:6: 'lexicon.tags.QR' must be text in quotes, not 4",
        "cablepress.toml:9: unknown key 'lattitude' in [lexicon.posts.STRELSAU]; did you mean 'latitude'?",
        "cablepress.toml:10: [lexicon.posts.ZENDA] needs a name",
    )


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("title = ", "cablepress.toml: this is no valid TOML: "),
        ("a = 1\na = 2", "cablepress.toml: this is no valid TOML: "),
    ],
)
def test_broken_toml_is_told_in_a_sentence(tmp_path: Path, text: str, start: str) -> None:
    (message,) = faults(written(tmp_path, text))
    assert message.startswith(start)
    assert " (at " in message


def test_a_site_address_ends_in_a_slash(tmp_path: Path) -> None:
    assert (
        load_settings(written(tmp_path, 'site_url = "https://a.example/b"')).site_url
        == "https://a.example/b/"
    )


def test_words_of_the_project_join_the_lexicon(tmp_path: Path) -> None:
    written(
        tmp_path,
        '[lexicon.tags]\nQR = "Ruritania"\n'
        '[lexicon.posts."PORT TARLENHEIM"]\nname = "Embassy Port Tarlenheim"\nkind = "embassy"\ncountry = "QM"\nlatitude = 54.2\n'
        '[lexicon.abbreviations]\nGOR = "Government of Ruritania"\n',
    )
    lexicon = load_settings(tmp_path).lexicon()
    assert (lexicon.tags["QR"].name, lexicon.tags["QR"].kind) == ("Ruritania", "geographic")
    assert lexicon.posts["PORTTARLENHEIM"].latitude == 54.2
    assert lexicon.abbreviations["GOR"].expansion == "Government of Ruritania"
    assert lexicon.tag_name("PGOV") is not None


def test_the_commented_file_has_every_key_and_its_default(tmp_path: Path) -> None:
    lines = [
        line[1:] if line.startswith("#") and not line.startswith("# ") else ""
        for line in commented_settings().splitlines()
    ]
    table = tomllib.loads("\n".join(lines))
    lexicon = table.pop("lexicon")
    assert set(lexicon) == {"tags", "posts", "abbreviations"}
    own = {column.name: column.default for column in fields(Settings) if column.name not in lexicon}
    assert set(table) == set(own)
    del table["site_url"], own["site_url"]
    assert table == own
    assert load_settings(written(tmp_path, commented_settings())) == Settings()
