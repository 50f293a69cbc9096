from pathlib import Path

import pytest

from generator.preview.building import in_words
from generator.preview.places import Places

PLACES = Places(project=Path("/p"), content=Path("/p/data/telegrams"), templates=Path("/p/templates"))


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/p/cablepress.toml", "settings"),
        ("/p/pyproject.toml", "settings"),
        ("/p/data/pyproject.toml", None),
        ("/p/README.md", None),
        ("/p/data/telegrams", "content"),
        ("/p/data/telegrams/2008/a.txt", "content"),
        ("/p/data/telegrams/release.toml", "ledger"),
        ("/p/data/telegrams/2008/release.toml", "content"),
        ("/p/data/telegrams/.a.txt.swp", None),
        ("/p/data/telegrams/.git/HEAD", None),
        ("/p/data/telegrams-old/a.txt", None),
        ("/p/templates", "templates"),
        ("/p/templates/parts/cable.html", "templates"),
        ("/p/templates/.cable.html.swp", None),
        ("/p/site/index.html", None),
        ("/p/.cablepress/preview/published/site/index.html", None),
    ],
)
def test_a_path_is_something_to_the_preview_or_nothing(path: str, kind: str | None) -> None:
    assert PLACES.kind(Path(path)) == kind


@pytest.mark.parametrize(
    ("there", "gone", "said"),
    [
        (["a.txt"], [], "content/a.txt"),
        (["b.txt", "a.txt", "c.txt"], [], "content/a.txt and 2 more"),
        (
            ["b.txt"],
            ["4913", "a.txt"],
            "content/b.txt",
        ),  # what an editor makes on the way is not worth a word
        ([], ["a.txt"], "content/a.txt"),
        ([], ["b.txt", "a.txt"], "content/a.txt and 1 more"),
        (["below/a.txt"], ["old.txt"], "content/below/a.txt"),
    ],
)
def test_a_change_is_called_after_its_first_file(
    tmp_path: Path, there: list[str], gone: list[str], said: str
) -> None:
    content = tmp_path / "content"
    for name in there:
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).touch()
    places = Places(project=tmp_path, content=content, templates=tmp_path / "templates")
    assert in_words([content / name for name in [*gone, *there]], places) == said


def test_a_folder_that_came_is_called_after_its_files(tmp_path: Path) -> None:
    content = tmp_path / "content"
    (content / "new").mkdir(parents=True)
    (content / "new/a.txt").touch()
    places = Places(project=tmp_path, content=content, templates=tmp_path / "templates")
    assert in_words([content / "new", content / "new/a.txt"], places) == "content/new/a.txt"
    assert in_words([content / "new"], places) == "content/new"
