"""What the browsers are told: which build the pages are of, and what is broken.

One thread publishes, any number wait. Whoever waits gets the latest news, not each that came in between.
"""

import threading
from dataclasses import dataclass

from generator.preview.faults import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """The state of a preview."""

    build: str  # changes whenever the pages have; never the same in two sessions
    is_ready: bool  # whether there are pages at all
    is_building: bool
    is_failed: bool  # whether the last build failed
    drafts: bool
    faults: tuple[Fault, ...]


class NewsBoard:
    """Where the news stand."""

    def __init__(self, news: News) -> None:
        self._changed = threading.Condition()
        self._news = news
        self._number = 0  # of the latest news
        self._is_closed = False

    @property
    def latest(self) -> News:
        """The news now."""
        with self._changed:
            return self._news

    @property
    def is_closed(self) -> bool:
        """Whether no news will come any more."""
        with self._changed:
            return self._is_closed

    def publish(self, news: News) -> None:
        """Tell everyone who waits."""
        with self._changed:
            self._news = news
            self._number += 1
            self._changed.notify_all()

    def wait(self, after: int, seconds: float) -> tuple[int, News] | None:
        """The latest news with their number, once it is above `after`; None if nothing came, or nothing will."""
        with self._changed:
            self._changed.wait_for(lambda: self._number > after or self._is_closed, seconds)
            if self._is_closed or self._number <= after:
                return None
            return self._number, self._news

    def close(self) -> None:
        """Let nobody wait any more."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
