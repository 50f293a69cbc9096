"""The server by itself, over real sockets: a folder of files, and news that a test publishes."""

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from preview_tools import PATIENCE, ask, next_news, wait_until
from site_tools import write_files

from generator.preview.news import News, NewsBoard
from generator.preview.server import (
    NoPortError,
    PreviewServer,
    Serving,
    first_free,
    is_own_name,
    open_server,
    type_of,
    with_script,
)

NEWS = News(build="abc-1", is_ready=True, is_building=False, is_failed=False, drafts=False, faults=())

SCRIPT = b'<script src="/-/preview.js" defer data-build="abc-1"></script>\n'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write_files(
        tmp_path / "site",
        {
            "index.html": "<html><body>Home</body></html>\n",
            "tag/index.html": "<p>No body at all",
            "404.html": "<html><body>Not here</body></html>\n",
            "style.css": "p { color: red }",
            "big.bin": b"\x00\xff" * 500_000,
        },
    )
    return tmp_path / "site"


@contextmanager
def serving(
    site: Path, board: NewsBoard, *, reload: bool = True, host: str = "127.0.0.1"
) -> Iterator[PreviewServer]:
    server = open_server(host, 0, Serving(site=site, board=board, reload=reload))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        board.close()
        server.shutdown()
        server.server_close()
        thread.join(PATIENCE)
        assert not thread.is_alive()


@pytest.fixture
def board() -> NewsBoard:
    return NewsBoard(NEWS)


@pytest.fixture
def port(site: Path, board: NewsBoard) -> Iterator[int]:
    with serving(site, board) as server:
        yield server.port


def test_a_page_gets_the_script_and_nothing_else(port: int, site: Path) -> None:
    status, headers, body = ask(port, "/")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert body == b"<html><body>Home" + SCRIPT + b"</body></html>\n"
    assert headers["content-length"] == str(len(body))
    assert b"preview.js" not in (site / "index.html").read_bytes()


def test_a_page_without_an_end_gets_the_script_at_its_end(port: int) -> None:
    assert ask(port, "/tag/")[2] == b"<p>No body at all" + SCRIPT


def test_without_reload_a_page_is_served_as_it_is(site: Path, board: NewsBoard) -> None:
    with serving(site, board, reload=False) as server:
        assert ask(server.port, "/")[2] == (site / "index.html").read_bytes()


@pytest.mark.parametrize("target", ["/style.css", "/big.bin"])
def test_other_files_are_served_as_they_are(port: int, site: Path, target: str) -> None:
    status, headers, body = ask(port, target)
    assert (status, body) == (200, (site / target[1:]).read_bytes())
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("a.html", "text/html; charset=utf-8"), ("a.css", "text/css; charset=utf-8"), ("a.js", "text/javascript; charset=utf-8"),
        ("a.json", "application/json; charset=utf-8"), ("a.svg", "image/svg+xml; charset=utf-8"), ("a.txt", "text/plain; charset=utf-8"),
        ("A.PNG", "image/png"), ("a.webp", "image/webp"), ("a.woff2", "font/woff2"), ("a.pdf", "application/pdf"), ("a.wasm", "application/wasm"),
        ("a.svg.gz", "application/octet-stream"), ("a", "application/octet-stream"), ("a.xyzzy", "application/octet-stream"),
    ],
)  # fmt: skip
def test_a_file_is_what_its_name_says(name: str, content_type: str) -> None:
    assert type_of(Path(name)) == content_type


def test_a_missing_page_is_the_sites_own_with_the_script(port: int, site: Path) -> None:
    status, headers, body = ask(port, "/tag/nothing/at/all.html")
    assert (status, headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert body == b"<html><body>Not here" + SCRIPT + b"</body></html>\n"
    (site / "404.html").unlink()
    assert ask(port, "/nothing")[0] == 404


def test_a_folder_is_redirected_to_its_slash(port: int) -> None:
    status, headers, _ = ask(port, "/tag")
    assert (status, headers["location"]) == (301, "/tag/")


@pytest.mark.parametrize("target", ["/", "/style.css", "/nothing", "/tag", "/-/preview.js", "/-/events"])
def test_head_says_what_get_says(port: int, target: str) -> None:
    status, headers, body = ask(port, target, method="HEAD")
    assert body == b""
    if target != "/-/events":
        got = ask(port, target)
        assert (status, headers | {"date": ""}) == (got[0], got[1] | {"date": ""})


def test_what_is_known_is_not_sent_again_until_it_changes(port: int, site: Path, board: NewsBoard) -> None:
    for target in ("/", "/style.css"):
        tag = ask(port, target)[1]["etag"]
        assert ask(port, target, headers={"If-None-Match": f'"other", {tag}'})[::2] == (304, b"")
    (site / "style.css").write_text("p { color: blu }")
    assert ask(port, "/style.css", headers={"If-None-Match": tag})[0] == 200
    # The page itself has not changed, but the build that its script is told has.
    tag = ask(port, "/")[1]["etag"]
    board.publish(replace(NEWS, build="abc-2"))
    assert ask(port, "/", headers={"If-None-Match": tag})[0] == 200


def test_one_connection_serves_many_requests(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.connect()
    first = connection.sock
    for target in ("/", "/style.css", "/nothing", "/tag", "/big.bin"):
        connection.request("GET", target)
        connection.getresponse().read()
        assert connection.sock is first
    connection.close()


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/../secret", 400), ("/%2e%2e/secret", 400), ("/%2e%2e%2fsecret", 400), ("/..%5csecret", 400), ("/%00", 400),
        ("/%ff", 400), ("/%zz", 400), ("http://127.0.0.1/", 400), ("*", 400), ("/\xff", 400), ("/.git/config", 404),
        ("/-/events/../../secret", 400), ("/-/server.py", 404), ("/-/", 404), ("/-/waiting.html", 404),
    ],
)  # fmt: skip
def test_an_odd_address_is_refused(port: int, target: str, status: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as raw:
        raw.sendall(
            f"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode("latin-1")
        )
        said = raw.makefile("rb").read()
    assert said.startswith(f"HTTP/1.1 {status} ".encode())
    assert status != 400 or target == "*" or target.encode("latin-1") not in said


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE"])
def test_only_get_and_head_are_answered(port: int, method: str) -> None:
    status, headers, _ = ask(port, "/", method=method)
    assert (status, headers["allow"], headers["connection"]) == (405, "GET, HEAD", "close")


def test_a_body_is_not_taken_for_the_next_request(port: int) -> None:
    hidden = b"GET /style.css HTTP/1.1\r\nHost: localhost\r\n\r\n"
    for method in (b"POST", b"GET"):
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as raw:
            raw.sendall(
                method
                + b" / HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(hidden)
                + hidden
            )
            try:
                said = raw.makefile("rb").read()
            except ConnectionResetError:  # it was closed with the body unread
                continue
        assert b"color: red" not in said


@pytest.mark.parametrize(
    "line",
    [
        b"nonsense\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x00\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"A: b\r\n" * 200 + b"\r\n",
    ],
)
def test_what_is_no_request_is_refused(port: int, line: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as raw:
        raw.sendall(line)
        raw.shutdown(socket.SHUT_WR)
        said = raw.makefile("rb").read()
    assert b"color" not in said
    assert b"Home" not in said
    assert ask(port, "/")[0] == 200


@pytest.mark.parametrize(
    ("host", "is_own"),
    [
        ("localhost", True), ("localhost:8000", True), ("LOCALHOST", True), ("localhost.", True), ("archive.localhost:8000", True),
        ("127.0.0.1", True), ("127.0.0.1:8000", True), ("127.1.2.3", True), ("[::1]", True), ("[::1]:8000", True),
        ("", False), ("evil.example", False), ("evil.example:8000", False), ("localhost.evil.example", False),
        ("127.0.0.1.evil.example", False), ("192.168.0.7", False), ("[2001:db8::1]", False), ("[::1", False), ("0.0.0.0", False),
        ("notlocalhost", False), ("@localhost", False), ("localhost evil", False),
    ],
)  # fmt: skip
def test_a_host_is_this_machine_or_somebody_elses(host: str, *, is_own: bool) -> None:
    assert is_own_name(host) is is_own


@pytest.mark.parametrize("target", ["/", "/style.css", "/-/events", "/-/preview.js"])
def test_a_foreign_name_reads_nothing(port: int, target: str) -> None:
    for headers in ({"Host": "evil.example"}, {"Host": ""}):
        status, _, body = ask(port, target, headers=headers)
        assert (status, body) == (403, b"403 this preview answers to localhost and 127.0.0.1 only\n")
    assert ask(port, "/", headers={"Host": f"localhost:{port}"})[0] == 200


def test_a_server_for_every_address_answers_to_every_name(site: Path, board: NewsBoard) -> None:
    with serving(site, board, host="0.0.0.0") as server:
        assert not server.is_private
        assert ask(server.port, "/", headers={"Host": "archive.example"})[0] == 200


def test_an_address_of_six_words_is_listened_on(site: Path, board: NewsBoard) -> None:
    if not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("this machine has no IPv6 loopback")
    with serving(site, board, host="::1") as server:
        assert server.is_private
        assert server.url == f"http://[::1]:{server.port}/"
        with socket.create_connection(("::1", server.port), timeout=PATIENCE) as raw:
            raw.sendall(b"GET / HTTP/1.1\r\nHost: [::1]\r\nConnection: close\r\n\r\n")
            assert raw.makefile("rb").read().startswith(b"HTTP/1.1 200 ")


def test_before_the_first_build_there_is_a_page_that_waits(site: Path) -> None:
    board = NewsBoard(replace(NEWS, is_ready=False))
    (site / "index.html").unlink()
    with serving(site, board) as server:
        status, _, body = ask(server.port, "/")
        assert status == 503
        assert b"<h1>Building the site</h1>" in body
        assert SCRIPT in body
        assert ask(server.port, "/style.css")[0] == 200


# News


def events_of(port: int) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", "/-/events")
    return connection, connection.getresponse()


def test_whoever_asks_for_news_gets_the_latest_and_then_each(port: int, board: NewsBoard) -> None:
    connection, events = events_of(port)
    assert events.getheader("Content-Type") == "text/event-stream; charset=utf-8"
    assert events.getheader("Cache-Control") == "no-store"
    assert next_news(events)["build"] == "abc-1"
    board.publish(replace(NEWS, build="abc-2"))
    assert next_news(events)["build"] == "abc-2"
    board.publish(replace(NEWS, build="abc-3"))
    assert next_news(events)["build"] == "abc-3"
    connection.close()


def test_whoever_is_slow_gets_the_latest_only(board: NewsBoard) -> None:
    for number in range(2, 50):
        board.publish(replace(NEWS, build=f"abc-{number}"))
    found = board.wait(0, 0.0)
    assert found is not None
    number, news = found
    assert news.build == "abc-49"
    assert board.wait(number, 0.0) is None


def test_many_wait_at_once_and_pages_are_served_meanwhile(port: int, board: NewsBoard) -> None:
    waiting = [events_of(port) for _ in range(30)]
    for _, events in waiting:
        next_news(events)
    assert ask(port, "/")[0] == 200
    board.publish(replace(NEWS, build="abc-2"))
    assert {next_news(events)["build"] for _, events in waiting} == {"abc-2"}
    for connection, _ in waiting:
        connection.close()


def test_readers_that_go_away_are_nothing_to_speak_of(
    port: int, board: NewsBoard, capfd: pytest.CaptureFixture[str]
) -> None:
    before = threading.active_count()
    for _ in range(5):
        connection, events = events_of(port)
        next_news(events)
        events.close()
        connection.close()
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as raw:
            raw.sendall(b"GET /big.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")

    def all_have_gone() -> bool:
        board.publish(replace(NEWS, build=f"abc-{time.monotonic_ns()}"))
        return threading.active_count() <= before

    wait_until(all_have_gone)
    assert ask(port, "/")[0] == 200
    assert capfd.readouterr() == ("", "")


def test_a_server_ends_at_once_though_browsers_wait_for_news(site: Path, board: NewsBoard) -> None:
    with serving(site, board) as server:
        connection, events = events_of(server.port)
        next_news(events)
    assert events.read().strip() == b""
    connection.close()


# Ports


def taken(*ports: int) -> list[int]:
    """Ports tried by first_free, of which some are taken."""
    tried: list[int] = []

    def listen(port: int) -> int:
        tried.append(port)
        if port in ports:
            raise OSError(98, "Address already in use")
        return port

    assert first_free(8000, listen) == tried[-1]
    return tried


@pytest.mark.parametrize(
    ("ports", "tried"), [((), [8000]), ((8000,), [8000, 8001]), ((8000, 8001, 8003), [8000, 8001, 8002])]
)
def test_a_taken_port_moves_to_the_next(ports: tuple[int, ...], tried: list[int]) -> None:
    assert taken(*ports) == tried


def test_a_port_of_another_server_is_left_to_it(site: Path, board: NewsBoard) -> None:
    with serving(site, board) as one:
        other = open_server("127.0.0.1", one.port, Serving(site=site, board=board, reload=True))
        assert one.port < other.port <= one.port + 99
        other.server_close()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (13, "port 8000 cannot be used: permission denied; name another: --port 8000"),
        (98, "no port from 8000 to 8099 is free"),
    ],
)
def test_a_port_that_cannot_be_had_is_told(number: int, words: str) -> None:
    def listen(port: int) -> int:
        raise OSError(number, "permission denied")

    with pytest.raises(NoPortError, match=words):
        first_free(8000, listen)


def test_a_host_that_is_not_ours_is_told(site: Path, board: NewsBoard) -> None:
    with pytest.raises(NoPortError):
        open_server("203.0.113.7", 0, Serving(site=site, board=board, reload=True))


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (b"<body>a</body>", b"<body>aS</body>"),
        (b"<body></body> is a word</body>\n", b"<body></body> is a wordS</body>\n"),
        (b"", b"S"),
    ],
)
def test_the_script_stands_at_the_end_of_the_body(page: bytes, expected: bytes) -> None:
    assert with_script(page, "abc-1").replace(SCRIPT, b"S") == expected
