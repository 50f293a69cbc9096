"""How large a site is beside what GitHub Pages takes."""

import pytest

from generator.inspection.budget import Budget, Level, Saving, Weight, deploy_seconds, tar_size, weigh
from generator.output.budget import budget_facts, budget_lines

MB = 1_000_000


def test_files_are_weighed_by_folder_and_the_largest_are_named() -> None:
    budget = weigh(
        [
            ("index.html", 5_000),
            ("cable/2008/11/08ASTANA1.html", 20_000),
            ("cable/undated/x.html", 1_000),
            ("data/cables.csv", 30_000),
            ("data/cables-2008.jsonl", 70_000),
            ("data/archive.sqlite", 90_000),
            ("search/words/a.js", 8_000),
            ("tag/a.html", 20_000),
        ]
    )
    assert (budget.files, budget.size) == (8, 244_000)
    assert budget.folders == (
        Weight(address="data/", files=3, size=190_000),
        Weight(address="cable/", files=2, size=21_000),
        Weight(address="tag/", files=1, size=20_000),
        Weight(address="search/", files=1, size=8_000),
    )
    assert [weight.address for weight in budget.largest] == [
        "data/archive.sqlite",
        "data/cables-2008.jsonl",
        "data/cables.csv",
        "cable/2008/11/08ASTANA1.html",
        "tag/a.html",
    ]
    assert budget.savings == (
        Saving(setting="[data] sqlite = false", size=90_000),
        Saving(setting="[data] jsonl = false", size=70_000),
        Saving(setting="[data] csv = false", size=30_000),
        Saving(setting="[search] enabled = false", size=8_000),
        Saving(setting="[related] enabled = false", size=1_500),
    )


def test_what_is_weighed_is_the_same_in_any_order() -> None:
    files = [(f"{name}.html", size) for name in "abcdefghij" for size in (7, 60 * MB)]
    assert weigh(files) == weigh(reversed(files))


@pytest.mark.parametrize(
    ("size", "level"),
    [(0, "fits"), (799 * MB, "fits"), (800 * MB, "near"), (1000 * MB, "near"), (1001 * MB, "over")],
)
def test_a_site_near_the_limit_is_told_from_one_that_fits(size: int, level: Level) -> None:
    assert Budget(files=1, size=size).level == level


def test_files_are_heavy_where_git_or_github_minds_them() -> None:
    budget = weigh([("a", 49 * MB), ("b", 50 * MB), *(("c", 1),) * 9, ("d", 101 * MB)])
    assert [weight.address for weight in budget.heavy] == ["d", "b"]
    assert [text for label, text in budget_facts(budget) if not label] == [
        "d has 101.0 MB: git refuses to push more than 100 MB",
        "b has 50.0 MB: GitHub warns of it, and refuses more than 100 MB",
    ]


def test_a_small_file_costs_a_deployment_more_than_its_bytes() -> None:
    assert tar_size(600_000, 0) == 460_800_000
    assert deploy_seconds(0, 0) == 15
    assert deploy_seconds(600_000, 1000 * MB) == pytest.approx(15 + 292 + 600, abs=1)


def test_a_site_that_does_not_fit_is_told_what_to_leave_out() -> None:
    budget = weigh([("cable/a.html", 700 * MB), ("data/cables.jsonl", 300 * MB), ("search/a.js", 90 * MB)])
    assert list(budget_facts(budget)) == [
        ("size", "3 files, 1,090.0 MB"),
        ("folders", "cable/ 700.0 MB, data/ 300.0 MB, search/ 90.0 MB"),
        ("largest", "cable/a.html 700.0 MB, data/cables.jsonl 300.0 MB, search/a.js 90.0 MB"),
        (
            "GitHub",
            "109.0% of what GitHub Pages takes, which is too much, some 4 min to deploy by estimate",
        ),
        ("", "cable/a.html has 700.0 MB: git refuses to push more than 100 MB"),
        ("", "data/cables.jsonl has 300.0 MB: git refuses to push more than 100 MB"),
        ("", "search/a.js has 90.0 MB: GitHub warns of it, and refuses more than 100 MB"),
        ("without", "300.0 MB less: [data] jsonl = false"),
        ("without", "90.0 MB less: [search] enabled = false"),
        ("without", "1 kB less: [related] enabled = false"),
        ("", 'parts, each a site of less than 1 GB: [publish] split = "year", and see the documentation'),
    ]


def test_of_the_parts_of_an_archive_the_largest_counts() -> None:
    budget = weigh(
        [
            *((f"a/{number}", 9 * MB) for number in range(90)),
            *((f"b/{number}", 9 * MB) for number in range(50)),
        ]
    )
    assert (budget.level, budget.largest_part.level) == ("over", "near")
    assert (
        "GitHub",
        "a/, the largest: 81.0% of what GitHub Pages takes, which is nearly all, some 3 min to deploy by estimate",
    ) in list(budget_facts(budget, are_parts=True))


def test_a_build_ends_with_two_lines_of_eighty_columns() -> None:
    assert budget_lines(743, 3_851_996, "cable/", 1_006_711) == (
        "743 files, 3.9 MB, 1.0 MB of it in cable/",
        "0.4% of what GitHub Pages takes, some 17 s to deploy by estimate",
    )
    assert max(map(len, budget_lines(99, 9_000, "", 0))) <= 70
