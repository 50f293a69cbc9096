"""What settings say of a split archive, and what is wrong with them."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from site_tools import write_files

from generator.cli import cablepress
from generator.render.public import layout_of
from generator.settings import Settings, SettingsError, load_settings

SITE = 'site_url = "https://example.github.io/cables/"\n'


def settings_of(folder: Path, text: str) -> Settings:
    write_files(folder, {"cablepress.toml": text})
    return load_settings(folder)


def messages_of(folder: Path, text: str) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        settings_of(folder, text)
    return caught.value.messages


def test_parts_are_beside_the_portal_if_nobody_says(tmp_path: Path) -> None:
    layout = layout_of(settings_of(tmp_path, f'{SITE}[publish]\nsplit = "decade"\n'))
    assert layout is not None
    assert layout.url_of("1970s") == "https://example.github.io/cables-1970s/"


def test_an_address_of_parts_is_made_to_end_in_a_slash(tmp_path: Path) -> None:
    text = f'{SITE}[publish]\nsplit = "year"\npart_url = "https://{{part}}.example.org"\n'
    layout = layout_of(settings_of(tmp_path, text))
    assert layout is not None
    assert layout.url_of("1974") == "https://1974.example.org/"


def test_an_archive_that_is_not_split_has_no_layout(tmp_path: Path) -> None:
    assert layout_of(settings_of(tmp_path, SITE)) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            f'{SITE}[publish]\nsplit = "year"\nredirects = true\n',
            "cablepress.toml:4: publish.redirects is for an archive that is one site; take it out, and each part has pages "
            "that lead on",
        ),
        (
            f'{SITE}[publish]\nsplit = "month"\n',
            'cablepress.toml:3: publish.split must be one of year, decade, origin, not "month"',
        ),
        (
            f'{SITE}[publish]\nsplit = "year"\nparts = "site/parts"\n',
            "cablepress.toml:4: site and publish.parts must be separate folders; 'site' and 'site/parts' are not",
        ),
        (
            '[publish]\npart_url = "https://example.org/cables/"\n',
            "cablepress.toml:2: publish.part_url must be an address that begins with http:// or https:// and has {part} in "
            'it, not "https://example.org/cables/"',
        ),
        (
            '[publish]\npart_url = "https://example.org/{part}-{other}/"\n',
            "cablepress.toml:2: publish.part_url must be an address that begins with http:// or https:// and has {part} in "
            'it, not "https://example.org/{part}-{other}/"',
        ),
        (
            '[publish]\npart_remote = "--upload-pack={part}"\n',
            "cablepress.toml:2: publish.part_remote must be the address of a git repository with {part} in it, not "
            '"--upload-pack={part}"',
        ),
    ],
)
def test_a_message_says_what_is_wrong_and_what_to_set(tmp_path: Path, text: str, message: str) -> None:
    assert messages_of(tmp_path, text) == (message,)


def test_a_folder_of_parts_matters_only_where_an_archive_is_split(tmp_path: Path) -> None:
    assert settings_of(tmp_path, 'content = "parts"\n').content == "parts"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[publish]\nsplit = "year"\n',
            "publish.split needs site_url, from which the addresses of the parts are made; set it to that of the portal",
        ),
        (
            'site_url = "https://example.org"\n[publish]\nsplit = "year"\n',
            "publish.split needs part_url here, since nothing can stand beside https://example.org/; set part_url to an "
            "address with {part} in it, such as 'https://{part}.example.org/'",
        ),
    ],
)
def test_a_build_says_what_is_missing_and_builds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str
) -> None:
    settings = settings_of(tmp_path, text)
    assert layout_of(settings) is None
    (tmp_path / "content").mkdir()
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cablepress, ["build"])
    assert result.exit_code == 2
    assert " ".join(result.stderr.split()).endswith(message)
    assert not (tmp_path / "site").exists()
