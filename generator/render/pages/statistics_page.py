"""The page of statistics: for each question a sentence with its main answer, a picture, and the figures as a table."""

from msgspec import Struct

from generator.archive.address import STATISTICS, STATISTICS_STYLESHEET, relative
from generator.archive.statistics import Statistics
from generator.lexicon import Lexicon
from generator.render.frame import Frame, make_frame
from generator.render.pages.statistics_lengths import ByLength, by_length
from generator.render.pages.statistics_letters import ByAddressee, by_addressee
from generator.render.pages.statistics_tags import ByTag, by_tag
from generator.render.pages.statistics_time import ByPost, OverTime, by_post, over_time
from generator.render.words import counted
from generator.settings import Settings

TITLE = "Statistics"

# How many are named; the others are counted together.
POSTS = 12
TAGS = 8  # that rose, and that fell
LONGEST = 3  # cables


class StatisticsPage(Struct, frozen=True, kw_only=True):
    """What `statistics.html` receives as `page`."""

    title: str
    introduction: str
    stylesheet: str  # link to `assets/statistics.css`
    time: OverTime | None  # None for what the archive has nothing of, as with all
    posts: ByPost | None
    addressees: ByAddressee | None
    tags: ByTag | None
    lengths: ByLength | None


def make_statistics_page(
    found: Statistics, lexicon: Lexicon, settings: Settings
) -> tuple[Frame, StatisticsPage]:
    """Frame and value of the page; `found` names no more than POSTS, TAGS and LONGEST."""
    introduction = _introduction(found)
    page = StatisticsPage(
        title=TITLE,
        introduction=introduction,
        stylesheet=relative(STATISTICS, STATISTICS_STYLESHEET),
        time=over_time(found, lexicon) if found.periods else None,
        posts=by_post(found, lexicon) if sum(post.values for post in found.posts) > 1 else None,
        addressees=by_addressee(found.correspondence, lexicon) if found.correspondence.cells else None,
        tags=by_tag(found.change, lexicon) if found.change else None,
        lengths=by_length(found) if found.lengths else None,
    )
    return make_frame(settings, STATISTICS, TITLE, description=introduction), page


def _introduction(found: Statistics) -> str:
    if not found.total:
        return "This archive holds no cables yet."
    dates = "" if found.periods else " None of them has a date."
    return f"This archive in numbers: {counted(found.total, 'cable')}. Below each picture its figures stand as a table.{dates}"
