"""Pages of the browser that tests take turns with: to open one takes the machine a third of a second, to go elsewhere none."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Error, Page

# What the fixture `tab` is: gives a page, by the options of its context, and takes it back after the test.
OpenTab = Callable[..., Page]

_TIMEOUT = 20_000  # milliseconds
_SIZE = {"width": 1280, "height": 720}

# What a page may have left for the next: what it keeps, if it may keep anything.
_FORGET = (
    "() => { for (const kept of ['localStorage', 'sessionStorage']) try { window[kept].clear(); } catch {} }"
)


@dataclass
class Tabs:
    """Pages that are open, each in a context of its own, by what that was opened with."""

    browser: Browser
    _free: dict[str, list[Page]] = field(default_factory=dict)

    def take(self, **options: Any) -> Page:
        """A page of nobody else that keeps nothing of its last; `options` are those of a context, of which a viewport is not one."""
        size = options.pop("viewport", _SIZE)
        free = self._free.get(_key(options), [])
        page = free.pop() if free else self.browser.new_context(**options).new_page()
        page.set_default_timeout(_TIMEOUT)
        page.set_viewport_size(size)
        return page

    def give_back(self, page: Page, **options: Any) -> None:
        """Let others have it; one that cannot go on is closed."""
        options.pop("viewport", None)
        try:
            page.unroute_all(behavior="ignoreErrors")
            page.evaluate(_FORGET)
            page.emulate_media(media="null")
            page.goto("about:blank")
        except Error:
            page.context.close()
        else:
            self._free.setdefault(_key(options), []).append(page)


def _key(options: dict[str, Any]) -> str:
    return repr(sorted(options.items()))
