"""Serves the preview over HTTP to the browsers of this machine.

Files are served as they lie in the folder; HTML alone gets a line more, the script that reloads it. Four addresses
are the server's own. A page is read once it is asked for, and files are replaced whole, so that a reader sees a page as
some build left it, never half of one.
"""

import errno
import hashlib
import ipaddress
import os
import socket
import socketserver
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import MimeTypes
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO, TypeVar

import msgspec

from generator.preview.look_up import BadAddressError, look_up
from generator.preview.news import NewsBoard

T = TypeVar("T")

EVENTS_ADDRESS = "/-/events"

_OWN_FOLDER = Path(__file__).parent
_OWN_FILES = {"/-/preview.js": "preview.js", "/-/preview.css": "preview.css"}
_WAITING_PAGE = "waiting.html"
_NOT_FOUND = "404.html"

# Every browser asks for it unbidden, and complains where there is none.
_ICON = "/favicon.ico"

_PORTS_TRIED = 100
_HIGHEST_PORT = 65_535

_IDLE = 60.0  # seconds that a connection may say nothing
_HEARTBEAT = 15.0  # seconds after which a browser that waits for news is told that it may go on waiting
_RETRY = 1000  # milliseconds after which it asks again when the connection is lost

_HTML = "text/html; charset=utf-8"
_PLAIN = "text/plain; charset=utf-8"

# The system's own tables differ from machine to machine.
_TYPES = MimeTypes()
for _ending, _type in {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".md": "text/markdown",
}.items():
    _TYPES.add_type(_type, _ending)


class NoPortError(Exception):
    """The address cannot be listened on; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """What is served, and how."""

    site: Path
    board: NewsBoard
    reload: bool  # whether pages get the script


def open_server(host: str, port: int, serving: Serving) -> "PreviewServer":
    """A server on `port` or the next that is free; 0 for any. Raises NoPortError."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise NoPortError(f"{host} is no address of this machine: {error.strerror}") from error

    def listen(port: int) -> PreviewServer:
        return PreviewServer(family, (address[0], port), serving)

    return first_free(port, listen)


def first_free(port: int, listen: Callable[[int], T]) -> T:
    """What `listen` gives for the first port, from `port` on, that is not taken. Raises NoPortError."""
    ports = range(port, min(port + _PORTS_TRIED, _HIGHEST_PORT + 1)) if port else [0]
    for number in ports:
        try:
            return listen(number)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise NoPortError(
                    f"port {number} cannot be used: {error.strerror}; name another: --port 8000"
                ) from error
    raise NoPortError(f"no port from {ports[0]} to {ports[-1]} is free; name another with --port")


class PreviewServer(ThreadingHTTPServer):
    """Listens on one address; each connection has a thread, which ends with the program."""

    daemon_threads = True
    request_queue_size = 128
    # Elsewhere this lets a server start at once after another has ended; on Windows it lets two listen on one port.
    allow_reuse_address = sys.platform != "win32"

    def __init__(
        self, family: socket.AddressFamily, address: tuple[str | int, int], serving: Serving
    ) -> None:
        self.address_family = family
        self.serving = serving
        super().__init__((str(address[0]), address[1]), _Handler)

    def server_bind(self) -> None:
        """Bind, without asking a name server who we are."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[0:2]  # type: ignore[assignment]

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader that goes away is nothing to speak of; anything else is told."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    @property
    def port(self) -> int:
        """The port that is listened on."""
        return int(self.server_address[1])

    @cached_property
    def is_private(self) -> bool:
        """Whether only programs of this machine can reach the server."""
        return ipaddress.ip_address(str(self.server_address[0]).partition("%")[0]).is_loopback

    @property
    def url(self) -> str:
        """Where a browser finds the home page."""
        host = str(self.server_address[0])
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer
    protocol_version = "HTTP/1.1"
    timeout = _IDLE
    disable_nagle_algorithm = True
    error_message_format = "%(code)d %(message)s\n"
    error_content_type = _PLAIN

    def do_GET(self) -> None:
        """Answer with a file, or with the news as they come."""
        self._answer()

    def do_HEAD(self) -> None:
        """Answer as to GET, without the body."""
        self._answer()

    def _refuse_method(self) -> None:
        self.send_response(HTTPStatus.METHOD_NOT_ALLOWED)
        self.send_header("Allow", "GET, HEAD")
        self.send_header("Content-Length", "0")
        self._close()  # a body that follows is not the next request
        self.end_headers()

    # The names by which http.server looks them up.
    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_CONNECT = do_TRACE = _refuse_method  # noqa: N815

    def version_string(self) -> str:
        """Who serves."""
        return "cablepress"

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal is for rebuilds."""

    def end_headers(self) -> None:
        """End the headers with what all answers share."""
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        super().end_headers()

    def _answer(self) -> None:
        if "Content-Length" in self.headers or "Transfer-Encoding" in self.headers:
            self.close_connection = True  # neither GET nor HEAD has a body
        if self.server.is_private and not is_own_name(self.headers.get("Host", "")):
            # A page elsewhere whose name was made to lead here would otherwise read the preview.
            self.send_error(HTTPStatus.FORBIDDEN, "this preview answers to localhost and 127.0.0.1 only")
            return
        address = self.path.partition("?")[0]
        if address == EVENTS_ADDRESS:
            self._send_news()
        elif address in _OWN_FILES:
            self._send_file(HTTPStatus.OK, _OWN_FOLDER / _OWN_FILES[address])
        else:
            self._send_of_site()

    def _send_of_site(self) -> None:
        serving = self.server.serving
        news = serving.board.latest  # before the page is read: it may be newer than that, and never older
        try:
            found = look_up(serving.site, self.path)
        except BadAddressError as error:
            self.send_error(HTTPStatus.BAD_REQUEST, str(error))
            return
        if found is not None and found.location is not None:
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", found.location)
            self.send_header("Cache-Control", "no-store")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif found is not None and found.file is not None:
            self._send_file(HTTPStatus.OK, found.file, build=news.build)
        elif self.path == _ICON:
            self._send(HTTPStatus.NO_CONTENT, _PLAIN, b"")
        elif not news.is_ready:
            self._send_file(HTTPStatus.SERVICE_UNAVAILABLE, _OWN_FOLDER / _WAITING_PAGE, build=news.build)
        else:
            self._send_file(HTTPStatus.NOT_FOUND, serving.site / _NOT_FOUND, build=news.build)

    def _send_file(self, status: HTTPStatus, file: Path, *, build: str = "") -> None:
        try:
            opened = file.open("rb")
        except OSError:  # it was there a moment ago, or there is no 404.html
            self._send(HTTPStatus.NOT_FOUND, _PLAIN, b"Page not found\n")
            return
        with opened:
            content_type = type_of(file)
            if content_type == _HTML:
                page = opened.read()
                self._send(status, _HTML, with_script(page, build) if self.server.serving.reload else page)
            else:
                self._send_open(status, content_type, opened)

    def _send(self, status: HTTPStatus, content_type: str, body: bytes) -> None:
        tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
        if self._head(status, content_type, len(body), tag) and self.command != "HEAD":
            self.wfile.write(body)

    def _send_open(self, status: HTTPStatus, content_type: str, opened: BinaryIO) -> None:
        about = os.fstat(opened.fileno())
        tag = f'"{about.st_mtime_ns:x}-{about.st_ino:x}-{about.st_size:x}"'
        if self._head(status, content_type, about.st_size, tag) and self.command != "HEAD":
            copyfileobj(opened, self.wfile)

    def _head(self, status: HTTPStatus, content_type: str, size: int, tag: str) -> bool:
        """Send the headers; whether a body follows."""
        is_known = status == HTTPStatus.OK and tag in self.headers.get("If-None-Match", "").split(", ")
        self.send_response(HTTPStatus.NOT_MODIFIED if is_known else status)
        if not is_known:
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(size))
        self.send_header("Cache-Control", "no-cache")
        self.send_header("ETag", tag)
        self.end_headers()
        return not is_known

    def _send_news(self) -> None:
        """Send server-sent events for as long as the browser listens."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self._close()
        self.end_headers()
        if self.command == "HEAD":
            return
        board = self.server.serving.board
        self.wfile.write(f"retry: {_RETRY}\n\n".encode())
        number = -1
        while True:
            news = board.wait(number, _HEARTBEAT)
            if news is not None:
                number = news[0]
                self.wfile.write(b"data: " + msgspec.json.encode(news[1]) + b"\n\n")
            elif board.is_closed:
                return
            else:
                self.wfile.write(b": still here\n\n")

    def _close(self) -> None:
        self.send_header("Connection", "close")
        self.close_connection = True


def is_own_name(host: str) -> bool:
    """Whether a Host header names this machine as only its own programs can.

    'localhost', '127.0.0.1:8000', '[::1]:8000'; a name such as 'archive.example' may lead here as well, but it is
    somebody else's.
    """
    try:
        name = host[: host.index("]") + 1] if host.startswith("[") else host.partition(":")[0]
        name = name.lower().rstrip(".").strip("[]")
        return name == "localhost" or name.endswith(".localhost") or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def type_of(file: Path) -> str:
    """The content type of a file by its name; texts of a site are UTF-8."""
    content_type, encoding = _TYPES.guess_type(file.name)
    if content_type is None or encoding is not None:
        return "application/octet-stream"
    is_text = content_type.startswith("text/") or content_type in ("application/json", "image/svg+xml")
    return f"{content_type}; charset=utf-8" if is_text else content_type


def with_script(page: bytes, build: str) -> bytes:
    """A page with the script of the preview, which learns from it of which build the page is."""
    script = f'<script src="/-/preview.js" defer data-build="{build}"></script>\n'.encode()
    before, body_end, after = page.rpartition(b"</body>")
    return before + script + body_end + after if body_end else page + script
