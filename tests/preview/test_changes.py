from pathlib import Path

import pytest

from generator.preview.changes import Changes

A, B = Path("/content/a.txt"), Path("/content/b.txt")


def noted(*notes: tuple[Path, float]) -> Changes:
    changes = Changes(quiet=0.1, longest=10)
    for path, now in notes:
        changes.note(path, now)
    return changes


def test_without_changes_there_is_nothing_to_wait_for() -> None:
    assert Changes().wait(0.0) is None


@pytest.mark.parametrize(
    ("notes", "now", "wait"),
    [
        ([(A, 5.0)], 5.0, 0.1),
        ([(A, 5.0)], 5.06, 0.04),
        ([(A, 5.0)], 5.1, 0.0),
        ([(A, 5.0)], 99.0, 0.0),
        ([(A, 5.0), (B, 5.08)], 5.1, 0.08),  # the quiet begins anew
        ([(A, 5.0), (A, 5.08)], 5.1, 0.08),
        ([(A, n / 20) for n in range(200)], 9.95, 0.05),  # a stream without a pause is cut
        ([(A, n / 20) for n in range(201)], 10.0, 0.0),
    ],
)
def test_changes_wait_until_nothing_has_changed_for_a_moment(
    notes: list[tuple[Path, float]], now: float, wait: float
) -> None:
    assert noted(*notes).wait(now) == pytest.approx(wait)


def test_a_path_that_changes_often_is_one_change() -> None:
    assert noted((A, 1.0), (B, 1.01), (A, 1.02), (A, 1.03)).take() == {A, B}


def test_what_was_taken_waits_no_more() -> None:
    changes = noted((A, 1.0))
    changes.take()
    assert (changes.wait(9.0), changes.paths) == (None, frozenset())


def test_what_comes_after_a_take_has_its_own_quiet_and_its_own_limit() -> None:
    changes = noted((A, 1.0))
    changes.take()
    changes.note(B, 50.0)
    assert changes.wait(50.0) == pytest.approx(0.1)
    assert changes.take() == {B}
