"""What a citation says of others than its cable is brought up to date when that changes: the page is that of a clean build."""

from pathlib import Path

import pytest
from site_tools import build, snapshot, telegram, write_files

SETTINGS = """title = "The Salt Archive"
site_url = "https://cables.example/"

[lexicon.posts]
STRELSAU = { name = "Embassy Strelsau" }
ZENDA = { name = "Consulate Zenda" }
"""


@pytest.mark.parametrize(("before", "after"), [
    ("The Salt Archive", "The Snow Archive"),
    ("https://cables.example/", "https://salt.example/road/"),
    ('site_url = "https://cables.example/"\n', ""),
    ("Embassy Strelsau", "Legation Strelsau"),  # of the sender
    ("Consulate Zenda", "Agency Zenda"),  # of who it was sent to
])  # fmt: skip
def test_settings_that_citations_repeat_make_every_cable_due(tmp_path: Path, before: str, after: str) -> None:
    text = telegram(1).replace("TO SECSTATE WASHDC", "TO AMCONSUL ZENDA")
    for name, settings in (("edited", SETTINGS), ("clean", SETTINGS.replace(before, after))):
        write_files(tmp_path / name, {"cablepress.toml": settings, "content/1.txt": text})
        build(tmp_path / name)
    address = "cable/2008/02/08STRELSAU1.html"
    page = (tmp_path / "edited/site" / address).read_text("utf-8")
    assert page.count("Consulate Zenda") >= 7
    write_files(tmp_path / "edited", {"cablepress.toml": SETTINGS.replace(before, after)})
    build(tmp_path / "edited")
    assert snapshot(tmp_path / "edited/site") == snapshot(tmp_path / "clean/site")
    assert (tmp_path / "edited/site" / address).read_text("utf-8") != page
