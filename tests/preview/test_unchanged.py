from pathlib import Path

from generator.preview.unchanged import Digests


def test_a_save_that_changes_nothing_is_no_change(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("one")
    digests = Digests()
    assert digests.changed([file]) == {file}  # nothing was known of it
    file.write_text("one")
    assert digests.changed([file]) == set()
    file.write_text("two")
    assert digests.changed([file]) == {file}


def test_what_is_gone_and_what_is_a_folder_have_always_changed(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("one")
    digests = Digests()
    digests.changed([file])
    file.unlink()
    assert digests.changed([file, tmp_path]) == {file, tmp_path}
    assert digests.changed([file]) == {file}
    file.write_text("one")
    assert digests.changed([file]) == {file}


def test_what_is_forgotten_has_changed_whatever_it_holds(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("one")
    digests = Digests()
    digests.changed([file])
    digests.forget([file, tmp_path / "never-seen"])
    assert digests.changed([file]) == {file}
