"""The pictures of the README: each kind of page of the archive in `content/`, as Debian's chromium shows it.

    python tests/pictures.py      what `make pictures` runs

They are written to `.github/pictures/`, in few colours, so that each stays below 120 KB and all of them below 1 MB.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from site_tools import TODAY, nothing

from generator.build.engine import build_site
from generator.settings import load_settings

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / ".github" / "pictures"

LARGEST, LARGEST_TOGETHER = 120_000, 1_000_000  # bytes
_COLOURS = 96  # of a picture's palette: letters need some greys between ink and paper

CABLE = "cable/2008/06/08STRELSAU777.html"


def leave(page: Page) -> None:
    """The page as it is opened."""


def show_as_sent(page: Page) -> None:
    page.get_by_label("As sent").check()


def explain(page: Page) -> None:
    page.get_by_role("button", name="SIPDIS").click()


def keep_three(page: Page) -> None:
    for reference in ("66 STRELSAU 412", "93 STRELSAU 2764", "07 STRELSAU 9"):
        page.get_by_role("link", name=reference).first.click()
        page.get_by_role("button", name="Keep").click()
        page.go_back()
    page.get_by_role("link", name="Reading list").click()


def find(page: Page) -> None:
    """A search whose passages are all there."""
    page.wait_for_selector("details.facet")
    page.wait_for_load_state("networkidle")


def print_out(page: Page) -> None:
    page.emulate_media(media="print")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of a page, and what is done on it before it is taken."""

    address: str
    act: Callable[[Page], None] = leave
    width: int = 1200
    height: int = 900
    scheme: str = "light"
    scale: int = 1
    is_served: bool = False  # over http, since passages of cables cannot be fetched from disk


PICTURES_OF: Mapping[str, Picture] = {
    "cable": Picture(address=CABLE),
    "cable-as-sent": Picture(address=CABLE, act=show_as_sent),
    "cable-dark": Picture(address="cable/2006/11/06SLAVNA977.html", scheme="dark"),
    "cable-on-a-phone": Picture(address=CABLE, width=390, height=800, scale=2),
    "word": Picture(address=CABLE, act=explain, height=600),
    "home": Picture(address="index.html"),
    "tag": Picture(address="tag/PREL.html"),
    "year": Picture(address="date/2008.html"),
    "thread": Picture(address="thread/66STRELSAU412.html"),
    "map": Picture(address="map.html"),
    "country": Picture(address="country/QR.html"),
    "glossary": Picture(address="glossary.html"),
    "statistics": Picture(address="statistics.html", height=1200),
    "collection": Picture(address="collections/a-town-under-water.html"),
    "on-this-day": Picture(address="day/index.html"),
    "reading-list": Picture(address=CABLE, act=keep_three, height=600),
    "search": Picture(address="search.html?q=salt+road", act=find, is_served=True),
    "print": Picture(
        address=CABLE, act=print_out, width=794, height=1123
    ),  # a sheet of A4 at 96 dots an inch
}


def take(browser: Browser, site: Path, picture: Picture, file: Path) -> None:
    """Take a picture of a page of the site."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.scheme == "dark" else "light",
        device_scale_factor=picture.scale,
        reduced_motion="reduce",
    )
    page = context.new_page()
    root = "http://archive.example/" if picture.is_served else f"{site.as_uri()}/"
    page.route(
        "http://archive.example/**",
        lambda route: route.fulfill(path=site / urlsplit(route.request.url).path.removeprefix("/")),
    )
    page.goto(f"{root}{picture.address}")
    picture.act(page)
    page.evaluate("document.activeElement.blur()")
    page.screenshot(path=file)
    context.close()
    in_few_colours(file)


def in_few_colours(file: Path) -> None:
    """Keep the colours that a picture has most of as they are, and show the others by the nearest of them."""
    with Image.open(file) as taken:
        picture = taken.convert("RGB")
    found = sorted(picture.getcolors(picture.width * picture.height) or [], reverse=True)[:_COLOURS]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _, colour in found for part in cast("tuple[int, int, int]", colour)])
    picture.quantize(palette=palette, dither=Image.Dither.NONE).save(file, optimize=True)


def main() -> int:
    """Write all pictures; 1 where one of them is too large."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("chromium is missing; install it with: apt-get install chromium")
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        project, site = Path(folder), Path(folder) / "site"
        build_site(
            project, load_settings(ROOT), content=ROOT / "content", site=site, today=TODAY, progress=nothing
        )
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, picture in PICTURES_OF.items():
            take(browser, site, picture, PICTURES / f"{name}.png")
        browser.close()
    sizes = {file.name: file.stat().st_size for file in sorted(PICTURES.glob("*.png"))}
    for name, size in sizes.items():
        print(f"{size:>9,} {name}{'  too large' if size > LARGEST else ''}")
    print(f"{sum(sizes.values()):>9,} together")
    return int(max(sizes.values()) > LARGEST or sum(sizes.values()) > LARGEST_TOGETHER)


if __name__ == "__main__":
    sys.exit(main())
