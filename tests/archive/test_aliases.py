"""Which texts are aliases, and where they stand."""

import pytest

from generator.archive.aliases import BadAlias, alias_address


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("/old/path.html", "old/path.html"),
        ("old/path.htm", "old/path.htm"),
        ("/old/path", "old/path/index.html"),
        ("/old/path/", "old/path/index.html"),
        ("/v1.2/Salt_Road.HTML", "v1.2/Salt_Road.HTML"),
        ("/cable/08ASTANA2165.html", "cable/08ASTANA2165.html"),
        ("/cable/08ASTANA2165", "cable/08ASTANA2165/index.html"),
        ("/wiki/08ASTANA2165_a@home", "wiki/08ASTANA2165_a@home/index.html"),
    ],
)
def test_an_alias_is_an_address_below_the_root_of_the_site(written: str, address: str) -> None:
    assert alias_address(written) == address


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "kept for the site's own pages"),
        ("/", "kept for the site's own pages"),
        ("/../x.html", "without '.', '..'"),
        ("/a/../x.html", "without '.', '..'"),
        ("/a//x.html", "without '.', '..' or empty parts"),
        ("//other.example/x.html", "no page for an address with"),
        ("https://other.example/x.html", "no page for an address with"),
        ("/?p=12", "no page for an address with"),
        ("/a#b", "no page for an address with"),
        ("\\a\\b.html", "no page for an address with"),
        ("/a b.html", "of letters a to z"),
        ("/\u00fcber.html", "of letters a to z"),
        ("/.well-known/x.html", "of letters a to z"),
        ("/x\0.html", "of letters a to z"),
        ("/x.php", "ends in .html"),
        ("/x.html/y.html", "ends in .html or in no ending"),
        ("/CON.html", "not every system"),
        ("/a./x.html", "not every system"),
        (f"/{'a' * 130}.html", "not every system"),
        ("/a" * 250, "letters at most"),
        ("/tag/PGOV.html", "kept for the site's own pages"),
        ("/Tag/PGOV.html", "kept for the site's own pages"),
        ("/CABLE/x.html", "kept for the site's own pages"),
        ("/index.html", "kept for the site's own pages"),
        ("/search/x/", "kept for the site's own pages"),
        ("/feed.xml/x.html", "kept for the site's own pages"),
        ("/sitemap-2008.xml/", "kept for the site's own pages"),
    ],
)
def test_what_leaves_the_site_or_no_server_serves_is_no_alias(written: str, reason: str) -> None:
    with pytest.raises(BadAlias, match=reason.replace(".", r"\.")):
        alias_address(written)
