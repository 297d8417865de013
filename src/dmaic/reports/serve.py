"""A server that answers to this machine only, and only with the pages of the portfolio."""

from __future__ import annotations

import sys
from collections.abc import Callable
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from dmaic.errors import DmaicError, OutputError
from dmaic.reports.shelf import Shelf, clean
from dmaic.text import printable

HOST = "127.0.0.1"
_PATIENCE = 30
"""Seconds that a connection may be silent."""

_NAMES = (HOST, "localhost")


class Server(ThreadingHTTPServer):
    """The server.

    Args:
        shelf: the pages.
        port: to listen on; 0 takes a free one.
        told: is given a line for each answer, and the reason where a page cannot be made.
        note_bug: is called while an error that nobody expected is handled.

    Raises:
        OutputError: `serve.port`, it cannot be listened on.
    """

    daemon_threads = True
    request_queue_size = 128

    def __init__(
        self,
        shelf: Shelf,
        port: int,
        told: Callable[[str, bool], None],
        note_bug: Callable[[], object],
    ) -> None:
        self.shelf, self.told, self.note_bug = shelf, told, note_bug
        try:
            super().__init__((HOST, port), _Handler)
        except (OSError, OverflowError) as error:
            reason = (getattr(error, "strerror", None) or str(error)).lower()
            raise OutputError(
                f"Port {port} cannot be listened on: {reason}.",
                "serve.port",
                "Name another with --port; 0 takes a free one.",
                f"{HOST}:{port}",
            ) from None

    @property
    def url(self) -> str:
        """Where the portfolio is."""
        return f"http://{HOST}:{self.server_address[1]}/"

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        """Note a bug; a connection that broke off is nobody's trouble."""
        if not isinstance(sys.exc_info()[1], (ConnectionError, TimeoutError)):
            self.note_bug()


class _Handler(BaseHTTPRequestHandler):
    server: Server
    timeout = _PATIENCE

    def version_string(self) -> str:
        """What the server calls itself; which version of what it runs on is nobody's business."""
        return "dmaic"

    def do_GET(self) -> None:
        """Answer with a page."""
        self._answer()

    def do_HEAD(self) -> None:
        """Answer with the headers of a page."""
        self._answer()

    def _answer(self) -> None:
        # A page of elsewhere could name this machine by a name of its own, and read from it.
        if self.headers.get("Host", "") not in self._hosts():
            self._send(HTTPStatus.MISDIRECTED_REQUEST, _said("This server has another name."))
            return
        try:
            path = clean(unquote(urlsplit(self.path).path))
        except ValueError:
            self._send(HTTPStatus.BAD_REQUEST, _said("This is no address of a page.", home=True))
            return
        try:
            page = self.server.shelf.page(path)
        except DmaicError as error:
            self.server.told(f"{printable(path, 200)}: {error.message} {error.hint}".strip(), True)
            self._send(HTTPStatus.INTERNAL_SERVER_ERROR, _said(*_lines(error)))
            return
        except Exception:
            self.server.note_bug()
            self._send(HTTPStatus.INTERNAL_SERVER_ERROR, _said("This is a bug in dmaic."))
            return
        if page is None:
            self._send(HTTPStatus.NOT_FOUND, _said("There is no such page.", home=True))
        else:
            self._send(HTTPStatus.OK, page)

    def _hosts(self) -> set[str]:
        port = self.server.server_address[1]
        return {f"{name}:{port}" for name in _NAMES} | (set(_NAMES) if port == 80 else set())

    def _send(self, status: HTTPStatus, page: bytes) -> None:
        self.send_response(status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: ANN401
        """A line for each answer."""
        self.server.told(printable(format % args, 300), False)


_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def _lines(error: DmaicError) -> list[str]:
    lines = [f"{each.where}: {each.message}" if each.where else each.message
             for each in error.problems]  # fmt: skip
    return [*lines, error.hint]


def _said(*lines: str, home: bool = False) -> bytes:
    """A page that says why there is none."""
    told = "".join(f"<p>{escape(printable(line))}</p>" for line in lines if line)
    back = '<p><a href="/">Portfolio</a></p>' if home else ""
    page = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="color-scheme" content="light dark"><title>dmaic</title></head>'
        f"<body><main>{told}{back}</main></body></html>\n"
    )
    return page.encode("utf-8", "backslashreplace")
