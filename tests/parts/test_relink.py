"""Links are laid anew where they lead to another part, and nothing else of a page is changed."""

import pytest

from generator.archive.layout import Layout, default_part_url
from generator.parts.relink import Relinker, target_of

SITE = "https://example.github.io/cables/"
OWN_HOSTS = "https://{part}.example.org/"
POLICY = "default-src 'self'; form-action 'self'; base-uri 'none'"
META = '<meta http-equiv=Content-Security-Policy content="{}">'


def relinked(
    page: str,
    address: str = "cable/1974/05/74STRELSAU1.html",
    *,
    part: str = "1970s",
    urls: str = "",
    is_searched: bool = True,
) -> str:
    layout = Layout(split="decade", portal_url=SITE, part_url=urls or default_part_url(SITE))
    hosts = tuple(layout.origin_of(one) for one in ("", "1970s", "1980s"))
    relinker = Relinker(
        layout=layout, part=part, hosts=hosts, everywhere=frozenset(["crest.svg"]), is_searched=is_searched
    )
    return relinker.relinked(page.encode(), address).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # to the same part, and to what every part has
        ("../06/74STRELSAU2.html", "../06/74STRELSAU2.html"),
        ("../../../date/1979.html", "../../../date/1979.html"),
        ("../../../assets/cablepress.css", "../../../assets/cablepress.css"),
        ("../../../reading-list.html", "../../../reading-list.html"),
        ("../../../crest.svg", "../../../crest.svg"),
        # to another part
        ("../../1985/01/85ZENDA3.html", "../../../../cables-1980s/cable/1985/01/85ZENDA3.html"),
        ("../../1985/01/85ZENDA3.html#par7", "../../../../cables-1980s/cable/1985/01/85ZENDA3.html#par7"),
        ("../../1985/01/85ZENDA3.html?find=a+b", "../../../../cables-1980s/cable/1985/01/85ZENDA3.html?find=a+b"),
        ("../../../index.html", "../../../../cables/index.html"),
        ("../../../", "../../../../cables/"),
        ("../../../tag/PGOV.html", "../../../../cables/tag/PGOV.html"),
        ("../../../tag/", "../../../../cables/tag/"),
        ("../../undated/=x_2F=y.html", "../../../../cables/cable/undated/=x_2F=y.html"),
        ("../../../a%20b.html", "../../../../cables/a%20b.html"),
        ("./../../../tag/x/../PGOV.html", "../../../../cables/tag/PGOV.html"),
        ("%2e%2E/../../tag/PGOV.html", "../../../../cables/tag/PGOV.html"),
        ("..\\..\\..\\tag\\PGOV.html", "../../../../cables/tag/PGOV.html"),
        (" ../../../tag/\tPGOV.html\n", "../../../../cables/tag/PGOV.html"),
        # to no page of the site
        ("#par7", "#par7"),
        ("?q=x", "?q=x"),
        ("", ""),
        ("/tag/PGOV.html", "/tag/PGOV.html"),
        ("//example.org/tag/PGOV.html", "//example.org/tag/PGOV.html"),
        ("https://example.org/../../1985/01/x.html", "https://example.org/../../1985/01/x.html"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("../../../../cables-1980s/index.html", "../../../../cables-1980s/index.html"),
    ],
)  # fmt: skip
def test_a_link_leads_to_the_part_that_has_its_page(before: str, after: str) -> None:
    assert relinked(f'<a href="{before}">') == f'<a href="{after}">'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<a class=x href=../../../tag/PGOV.html id=y>", "<a class=x href=../../../../cables/tag/PGOV.html id=y>"),
        ("<form action=../../../search.html>", "<form action=../../../../cables/search.html>"),
        ("<svg><a xlink:href='../../../map.html'/>", '<svg><a xlink:href="../../../../cables/map.html"/>'),
        (
            '<img srcset="../../../a.png, ../../../b.png 2x">',
            '<img srcset="../../../../cables/a.png, ../../../../cables/b.png 2x">',
        ),
        (
            '<meta http-equiv=refresh content="0; url=../../1985/01/85ZENDA3.html">',
            '<meta http-equiv=refresh content="0; url=../../../../cables-1980s/cable/1985/01/85ZENDA3.html">',
        ),
        (
            "<meta http-equiv=Refresh content=\"0;URL='../../../map.html'\">",
            '<meta http-equiv=Refresh content="0;URL=&#x27;../../../../cables/map.html&#x27;">',
        ),
        # what is no address
        ('<meta name=description content="0; url=../../../map.html">', None),
        ('<p title="../../../map.html" data-href=../../../map.html>', None),
        ("<p>&lt;a href=../../../map.html&gt; &amp;lt; href=../../../map.html</p>", None),
        ("<pre>&lt;a href=\"../../../map.html\"&gt;</pre>", None),
        ("<title><a href=../../../map.html></title>", None),
        ("<script type=application/ld+json>{\"x\":\"<a href=../../../map.html>\"}</script>", None),
        ("<!-- <a href=../../../map.html> -->", None),
        ("<a title='<a href=../../../map.html>' href=#x>", None),
    ],
)  # fmt: skip
def test_addresses_are_those_in_attributes_alone(before: str, after: str | None) -> None:
    assert relinked(before) == (before if after is None else after)


def test_a_part_on_a_host_of_its_own_is_led_to_with_the_host() -> None:
    page = "<a href=../../1985/01/85ZENDA3.html#par7><a href=../../../tag/PGOV.html><a href=../06/x.html>"
    assert relinked(page, urls=OWN_HOSTS) == (
        "<a href=https://1980s.example.org/cable/1985/01/85ZENDA3.html#par7>"
        "<a href=https://example.github.io/cables/tag/PGOV.html><a href=../06/x.html>"
    )


@pytest.mark.parametrize(
    ("what", "address", "part", "policy"),
    [
        ("<a href=../../../tag/PGOV.html>", "cable/1974/05/x.html", "1970s", POLICY),
        (
            "<form action=../../../search.html>",
            "cable/1974/05/x.html",
            "1970s",
            "default-src 'self'; form-action 'self' https://example.github.io; base-uri 'none'; "
            "script-src 'self' https://example.github.io",
        ),
        (
            "<img src=../../../map.png>",
            "cable/1974/05/x.html",
            "1970s",
            "default-src 'self'; form-action 'self'; base-uri 'none'; img-src 'self' https://example.github.io",
        ),
        (
            "<form action=search.html>",
            "search.html",
            "",
            "default-src 'self'; form-action 'self'; base-uri 'none'; "
            "connect-src 'self' https://1970s.example.org https://1980s.example.org",
        ),
        ("<form action=search.html>", "index.html", "", POLICY),
    ],
)
def test_the_policy_of_a_page_names_other_hosts_for_what_it_asks_of_them(
    what: str, address: str, part: str, policy: str
) -> None:
    page = relinked(f"{META.format(POLICY)}{what}", address, part=part, urls=OWN_HOSTS)
    assert page.replace("&#x27;", "'").startswith(META.format(policy))
    same_host = relinked(f"{META.format(POLICY)}{what}", address, part=part)
    assert same_host.startswith(META.format(POLICY))


def test_without_an_index_no_script_of_another_host_is_permitted() -> None:
    page = relinked(
        f"{META.format(POLICY)}<form action=../../../search.html>", urls=OWN_HOSTS, is_searched=False
    )
    assert "script-src" not in page


def test_what_a_page_at_any_depth_loads_by_a_full_address_comes_from_its_own_part() -> None:
    page = (
        f'<link rel=stylesheet href="{SITE}assets/cablepress.css"><script src={SITE}assets/search.js></script>'
        f'<a href="{SITE}">x</a><form action="{SITE}search.html">'
    )
    assert relinked(page, "404.html") == page.replace(
        f"{SITE}assets/", "https://example.github.io/cables-1970s/assets/"
    )
    assert relinked(page, "404.html", part="") == page
    with_policy = relinked(f"{META.format(POLICY)}{page}", "404.html", urls=OWN_HOSTS)
    assert "form-action &#x27;self&#x27; https://example.github.io;" in with_policy


@pytest.mark.parametrize(
    ("folder", "link", "target"),
    [
        ("tag/", "../index.html", ("index.html", "")),
        ("tag/", "PGOV.html#a", ("tag/PGOV.html", "#a")),
        ("tag/", "PGOV.html?a#b", ("tag/PGOV.html", "?a#b")),
        ("tag/", "../..", None),
        ("tag/", "..", ("", "")),
        ("tag/", ".", ("tag/", "")),
        ("tag/", "data:text/html,x", None),
        ("tag/", "\x01 x.html", ("tag/x.html", "")),
    ],
)
def test_a_link_is_followed_as_browsers_follow_it(
    folder: str, link: str, target: tuple[str, str] | None
) -> None:
    assert target_of(folder, link) == target
