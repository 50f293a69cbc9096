"""The facts that one telegram tells: who writes, when, at which level; and the words it is made of.

Posts, people and events are invented. A scene is drawn by seed; the forms take their facts from it, so that
what they write agrees.
"""

import random
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from truth.form import OLD, Form, Piece, Zone

if TYPE_CHECKING:
    from truth.draft import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """An invented post."""

    name: str  # as in the message number, 'PORT TARLENHEIM'
    plad: str
    routing: str

    @property
    def key(self) -> str:
        return self.name.replace(" ", "")


POSTS = (
    Post(name="STRELSAU", plad="AMEMBASSY STRELSAU", routing="RUEHQS"),
    Post(name="ZENDA", plad="AMCONSUL ZENDA", routing="RUEHQZ"),
    Post(name="HENTZAU", plad="AMCONSUL HENTZAU", routing="RUEHQH"),
    Post(name="SLAVNA", plad="AMEMBASSY SLAVNA", routing="RUEHQK"),
    Post(name="EDELWEISS", plad="AMEMBASSY EDELWEISS", routing="RUEHQE"),
    Post(name="PORT TARLENHEIM", plad="AMEMBASSY PORT TARLENHEIM", routing="RUEHQT"),
)

SURNAMES = "RASSENDYLL LINDQVIST WHITCOMBE KESTREL PELHAM ASHCROFT MONTAGU".split()

MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()

_YEARS = {
    "1966": (1966, 1972),
    "1973": (1973, 1979),
    "1980": (1980, 1989),
    "1990": (1990, 2004),
    "2005": (2005, 2010),
    "newspaper": (2004, 2010),
    "extract": (2004, 2010),
}

_NOUNS = "minister harbor railway bridge timber salt wool ferry council mayor budget tariff winter harvest tower".split()
_MORE = "committee assembly region reform training miller shepherd orchard tunnel customs lighthouse beech".split()
_VERBS = "received repaired inspected praised closed opened visited promised counted postponed".split()
_LINKS = "of near with for before after behind under".split()

# A width at which each paragraph is one line.
UNWRAPPED = 9999

# Mark of a paragraph at each level.
MARKS = {"UNCLASSIFIED": "U", "CONFIDENTIAL": "C", "SECRET": "S", "TOP SECRET": "TS"}


class Scene:
    """One telegram's facts, and the dice."""

    def __init__(self, seed: int, wanted: Form | None = None, *, plain: bool = False) -> None:
        self.rng = random.Random(seed)
        self.wanted = wanted  # the form that must be drawn, if it can
        self.plain = plain  # all else is drawn plain
        self.drawn: list[str] = []
        self.era = self._draw_era()
        first, last = _YEARS[self.era]
        start = datetime(first, 1, 1, tzinfo=UTC)
        minutes = int((datetime(last + 1, 1, 1, tzinfo=UTC) - start).total_seconds() // 60)
        self.sent = start + timedelta(minutes=self.rng.randrange(minutes))
        self.filed = self.sent + timedelta(minutes=self.rng.randrange(11))
        self.post, self.other, self.third = self.rng.sample(POSTS, k=3)
        self.serial = self.rng.randint(1, 9999)
        self.level = self.rng.choice(["UNCLASSIFIED", "CONFIDENTIAL", "SECRET"])
        self.sections = 1
        self.signer = self.rng.choice(SURNAMES)
        self.precedence = self.rng.choice("OPR")
        self.width = self.rng.choice([55, 65, 69, UNWRAPPED])
        self.draft: Draft  # the body, once it is begun

    def _draw_era(self) -> str:
        eras = sorted(self.wanted.eras) if self.wanted else sorted(_YEARS)
        if self.wanted and self.plain and "2005" in eras:
            return "2005"
        return self.rng.choice(eras)

    @property
    def is_old(self) -> bool:
        """Whether the telegram is written in capitals."""
        return self.era in OLD

    @property
    def year(self) -> int:
        return self.sent.year

    @property
    def yy(self) -> str:
        return f"{self.year % 100:02d}"

    @property
    def is_classified(self) -> bool:
        return self.level in ("CONFIDENTIAL", "SECRET", "TOP SECRET")

    def dtg(self, when: datetime | None = None) -> str:
        """A date-time group, '141230Z FEB 08'."""
        when = when or self.sent
        return f"{when:%d%H%M}Z {MONTHS[when.month - 1]} {when:%y}"

    def draw(self, zone: Zone, *, among: Sequence[str] | None = None) -> Form:
        """A form of the zone: the wanted one, else in most cases the plain one."""
        forms = [form for form in zone.of_era(self.era) if among is None or form.name in among]
        if self.wanted in forms:
            form = self.wanted
        elif self.plain or self.rng.random() < _PLAIN:
            form = forms[0]
        else:
            form = self.rng.choice(forms)
        assert form is not None
        self.drawn.append(form.name)
        return form

    def write(self, zone: Zone) -> tuple[Form, Piece]:
        form = self.draw(zone)
        return form, form.write(self)

    # Words

    def clause(self) -> str:
        """Words that make a part of a sentence."""
        choose = self.rng.choice
        words = (
            f"the {choose(_NOUNS)} {choose(_LINKS)} the {choose(_MORE)} {choose(_VERBS)} the {choose(_NOUNS)}"
        )
        return self.cased(words)

    def sentence(self, clauses: int = 2) -> str:
        words = " and ".join(self.clause().lower() for _ in range(clauses))
        return self.cased(f"{words[0].upper()}{words[1:]}.")

    def sentences(self, count: int = 3) -> str:
        return " ".join(self.sentence() for _ in range(count))

    def title(self, words: int = 4) -> str:
        """A heading in title case, in capitals in the old eras."""
        choose = self.rng.choice
        long = " ".join(choose(_MORE) for _ in range(words - 3)).title()
        return self.cased(f"{choose(_NOUNS).title()} {choose(['of', 'in', 'for', 'and'])} the {long}")

    def capitals(self, words: int = 6) -> str:
        """Words of a subject."""
        return " ".join(self.rng.choice(_NOUNS + _MORE) for _ in range(words)).upper()

    def cased(self, text: str) -> str:
        return text.upper() if self.is_old else text

    def wrap(self, text: str, *, indent: str = "", first: str = "") -> list[str]:
        """Lines of the telegram's width; words with hyphens stay whole."""
        return textwrap.wrap(
            text,
            width=self.width,
            initial_indent=first,
            subsequent_indent=indent,
            break_on_hyphens=False,
            break_long_words=False,
        )

    def reference(self, post: Post | None = None) -> tuple[Post, int]:
        """A cable that may be cited."""
        return post or self.other, self.rng.randint(1, 99999)

    def later_day(self, years: int = 10) -> datetime:
        """The day that a classification ends."""
        day = min(self.sent.day, 28)
        return self.sent.replace(year=self.year + years, day=day)

    def person(self) -> str:
        initials = self.rng.choice(["A. B.", "R.", "C. J."])
        return f"{initials} {self.rng.choice(SURNAMES)}"


# How often a zone is written plainly when nothing else is asked for.
_PLAIN = 0.55
