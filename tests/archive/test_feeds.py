"""Which cables a feed holds."""

import pytest
from site_tools import catalogue_of, cleared, telegram

from generator.archive import feeds
from generator.archive.feeds import FeedList, feed_list, feed_rows
from generator.telegram.parse import parse_cable

TEXTS = [
    telegram(n, dtg=f"{n % 27 + 1:02d}{n % 24:02d}30Z FEB 0{n % 3 + 6}", tags="PGOV" if n % 10 else "ECON")
    for n in range(1, 101)
]


@pytest.mark.parametrize("value", ["PGOV", "ECON"])
@pytest.mark.parametrize("most", [1, 5, 50, 200])
def test_a_long_list_gives_the_same_feed_as_a_short_one(
    value: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    cables = [parse_cable(text, source=f"{n}.txt") for n, text in enumerate(TEXTS)]
    catalogue = catalogue_of(cleared(cable, path=cable.source) for cable in cables)
    of = FeedList(facet="tag", value=value)
    ways = []
    for query in (feeds._OF_SHORT_LIST, feeds._OF_LONG_LIST):
        monkeypatch.setattr(feeds, "_OF_SHORT_LIST", query)
        monkeypatch.setattr(feeds, "_OF_LONG_LIST", query)
        ways.append(feed_rows(catalogue.db, of, most))
    assert ways[0] == ways[1]
    having = sorted(
        (cable for cable in cables if cable.tags[0].code == value), key=lambda cable: str(cable.date)
    )
    assert [row.cable.sent for row in ways[0]] == [
        cable.date.isoformat(timespec="minutes") for cable in reversed(having) if cable.date
    ][:most]


def test_a_list_is_known_by_its_key() -> None:
    for of in (
        FeedList(),
        FeedList(facet="tag", value="UNGA/C-1 X"),
        FeedList(facet="origin", value="ZENDA"),
    ):
        assert feed_list(of.key) == of
