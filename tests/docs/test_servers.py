"""The configurations that content/docs/host-server.md has are whole, say what `_headers` says, and do what the page says.

What can be read of them is read everywhere. Nginx and Apache then serve a site by them.
"""

import re
import shlex
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError

import pytest
from conftest import missing
from docs.blocks import blocks_of, text_of
from host_files import headers_of, read_headers
from site_tools import build, telegram, write_files

from generator.render.hosts import make_headers
from generator.settings import Settings

PAGE = "content/docs/host-server.md"
FOLDER = "/srv/cables"
PROGRAMS = {"nginx": "nginx", "apache": "apache2"}

# What a server needs around what the page has: it runs in the foreground, as who runs the test.
AROUND = {
    "nginx": "daemon off;\npid {here}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n{temporary}\n{block}\n}}\n",
    "apache": "ServerRoot {here}\nServerName localhost\nPidFile {here}/pid\nErrorLog {here}/errors\nListen 127.0.0.1:{port}\n"
    "User nobody\nGroup nogroup\nTypesConfig /etc/mime.types\n{modules}\n{block}\n",
}
MODULES = ("mpm_event", "authz_core", "dir", "mime", "autoindex", "alias", "filter", "deflate", "headers")
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def configuration(language: str) -> str:
    (block,) = [block for block in blocks_of(PAGE) if block.language == language]
    return block.text


def said_by_nginx(text: str) -> dict[str, str]:
    """The headers of all files, and those of the maps for some."""
    found = {words[1]: words[2] for words in nginx_directives(text) if words[0] == "add_header"}
    return {name: value for name, value in found.items() if not value.startswith("$")}


def nginx_directives(text: str) -> Iterator[list[str]]:
    """The directives of a configuration: words, and ';' or a block at their end."""
    depth = 0
    words: list[str] = []
    lexer = shlex.shlex(text, posix=True, punctuation_chars=";{}")
    lexer.wordchars += "~^/$'*.,:=-"
    lexer.quotes = '"'
    for word in lexer:
        for mark in word if set(word) <= set(";{}") else [word]:
            if mark == "}":
                assert not words, f"{words} has no ';'"
                depth -= 1
            elif mark in ";{":
                yield words
                words = []
                depth += mark == "{"
            else:
                words.append(mark)
    assert (depth, words) == (0, [])


def said_by_apache(text: str) -> dict[str, str]:
    opened = re.findall(r"^\s*<(/?\w+)", text, re.MULTILINE)
    assert sorted(name for name in opened if not name.startswith("/")) == sorted(
        name[1:] for name in opened if name.startswith("/")
    )
    lines = [shlex.split(line) for line in text.splitlines()]
    return {words[3]: words[4] for words in lines if words[:3] == ["Header", "always", "set"]}


@pytest.mark.parametrize("language", PROGRAMS)
def test_a_configuration_says_what_other_hosts_are_told(language: str) -> None:
    text = configuration(language)
    said = said_by_nginx(text) if language == "nginx" else said_by_apache(text)
    assert said == headers_of(read_headers(make_headers(Settings())), "/")
    assert re.search(rf"(root|DocumentRoot) {FOLDER}", text)
    assert f"cables.example.org:{FOLDER}/" in text_of(PAGE)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served")
    write_files(folder, {"cablepress.toml": "[data]\nsqlite = true\n", "content/a.txt": telegram(1)})
    build(folder)
    for path in (folder, *folder.parents):
        if path.is_relative_to(tempfile.gettempdir()) and path != Path(tempfile.gettempdir()):
            path.chmod(0o755)  # Apache reads as nobody
    return folder / "site"


@contextmanager
def running(language: str, site: Path, here: Path) -> Iterator[str]:
    """A server with the configuration of the page, for a site elsewhere; gives the root of its addresses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    block = configuration(language).replace(FOLDER, str(site))
    block = block.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("*:80", f"127.0.0.1:{port}")
    block = block.replace("include mime.types;", "include /etc/nginx/mime.types;")
    modules = "\n".join(
        f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in MODULES
    )
    temporary = "\n".join(f"{name}_temp_path {here}/{name};" for name in TEMPORARY)
    whole = AROUND[language].format(here=here, port=port, block=block, modules=modules, temporary=temporary)
    (here / "conf").write_text(whole)
    program = PROGRAMS[language]
    options = (
        ["-c", str(here / "conf")] if language == "nginx" else ["-f", str(here / "conf"), "-D", "FOREGROUND"]
    )
    tested = subprocess.run([program, "-t", *options], capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
    assert "warn" not in tested.stderr
    server = subprocess.Popen([program, *options], stderr=subprocess.DEVNULL)
    try:
        root = f"http://127.0.0.1:{port}/"
        ends = time.monotonic() + 10
        while True:
            try:
                urllib.request.urlopen(root).close()
                break
            except URLError:
                assert time.monotonic() < ends
                assert server.poll() is None
        yield root
    finally:
        server.terminate()
        server.wait(10)


def ask(address: str) -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    try:
        answer = urllib.request.urlopen(request)
    except HTTPError as error:
        answer = error
    with answer:
        return answer.status, {name.title(): value for name, value in answer.headers.items()}, answer.read()


# What is asked for, and the status, type, time to keep and whether it is packed.
EXPECTED = {
    "": (200, "text/html; charset=utf-8", "no-cache", True),
    "cable/2008/02/08STRELSAU1.html": (200, "text/html; charset=utf-8", "no-cache", True),
    "tag": (200, "text/html; charset=utf-8", "no-cache", True),
    "nowhere/x.html": (404, "text/html; charset=utf-8", "no-cache", None),
    "assets/cablepress.css": (200, "text/css; charset=utf-8", "max-age=600", True),
    "data/cables.csv": (200, "text/csv; charset=utf-8", "no-cache", None),
    "data/cables.jsonl": (200, "application/jsonl; charset=utf-8", "no-cache", True),
    "data/archive.sqlite": (200, "application/vnd.sqlite3", "no-cache", False),
    "robots.txt": (200, "text/plain; charset=utf-8", "no-cache", None),
}


@pytest.mark.parametrize("language", PROGRAMS)
def test_a_server_serves_a_site_by_the_configuration_of_the_page(
    language: str, site: Path, tmp_path: Path
) -> None:
    if shutil.which(PROGRAMS[language]) is None:
        missing(PROGRAMS[language], "apt-get install nginx-light apache2-bin media-types")
    everywhere = headers_of(read_headers(make_headers(Settings())), "/")
    with running(language, site, tmp_path) as root:
        for address, (status, type_, kept, is_packed) in EXPECTED.items():
            found, headers, _ = ask(root + address)
            assert (found, headers["Content-Type"]) == (status, type_), address
            assert status == 404 or headers["Cache-Control"] == kept, address
            assert headers.items() >= everywhere.items(), address
            assert is_packed in (None, headers.get("Content-Encoding") == "gzip"), address
            assert (headers.get("Access-Control-Allow-Origin") == "*") == address.startswith("data/"), address
        status, _, page = ask(f"{root}cable/")  # a folder without a page
        assert status in (403, 404)
        status, _, same = ask(f"{root}nowhere/")
        assert (status, same) == (404, page)
