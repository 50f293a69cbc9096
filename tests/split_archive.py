"""A small archive that is split: cables of four decades that cite each other, and all that has no place in a part."""

from pathlib import Path

from site_tools import telegram, write_files

ROOT_URL = "https://example.github.io/cables/"

# A code that so many cables have that its list is cut by year: a page lists ten.
_MANY = {
    f"74/74ZENDA{number}.txt": ("ZENDA", number, f"{number - 20:02d}1230Z MAY 74") for number in range(21, 33)
}

THREAD = "74STRELSAU1873"  # cited by three


def write_archive(project: Path, settings: str) -> None:
    """Write the archive and its settings into a folder."""
    cables = {
        "74STRELSAU1873.txt": telegram(1873, dtg="141230Z MAY 74", subject="THE OLD SALT ROAD", tags="PGOV, ECON"),
        "79STRELSAU5.txt": telegram(5, dtg="311230Z DEC 79", subject="LAST OF ITS DECADE", ref="74 STRELSAU 1873"),
        "80STRELSAU7.txt": telegram(7, dtg="011230Z JAN 80", subject="FIRST OF ITS DECADE", ref="74 STRELSAU 1873"),
        "08ZENDA1.txt": telegram(
            1,
            post="ZENDA",
            subject="A NEW ROAD",
            ref="A. 74 STRELSAU 1873 B. 79 STRELSAU 5",
            text='1. (U) It says <a href="../../../tag/PGOV.html">, src=../../../index.html.\n\n2. (U) SNOWDRIFTS.',
        ),
        "08ZENDA2.txt": telegram(2, post="ZENDA", dtg="151230Z FEB 08", tags="ECON"),
        "other/08ZENDA2.txt": telegram(2, post="ZENDA", dtg="151230Z FEB 08", tags="ECON", text="1. (U) Another."),
        "CON.txt": telegram(3, post="CON", dtg="161230Z FEB 08"),
        "letter.txt": "Dear Rosa,\n\nit is undated.\n",
        **{name: telegram(number, post=post, dtg=dtg) for name, (post, number, dtg) in _MANY.items()},
    }  # fmt: skip
    write_files(
        project / "content",
        {
            **cables,
            "08ZENDA9.txt": "---\naliases: [old/9.html, cable/1974/05/74ZENDA9.html, cable/1955/05/55X9.html]\n---\n"
            + telegram(9, post="ZENDA", dtg="171230Z FEB 08"),
            "essay.md": "# An essay\n\n08ZENDA1 tells. ![A map](map.png)\n",
            "note.md": "---\nkind: note\ncable: 74STRELSAU1873\nby: R.\n---\nSee 80STRELSAU7.\n",
            "map.png": b"\x89PNG\r\n",
            "crest.svg": "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>",
        },
    )
    write_files(project, {"cablepress.toml": settings})


def settings_of(split: str, *, site_url: str = ROOT_URL, part_url: str = "") -> str:
    """The settings of an archive split so."""
    own = f'part_url = "{part_url}"\n' if part_url else ""
    return (
        f'site_url = "{site_url}"\nrows_per_page = 10\n[theme]\nlogo = "content/crest.svg"\n[publish]\n'
        f'split = "{split}"\n{own}'
    )
