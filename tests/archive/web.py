"""A small web on this machine, to be asked whether its pages are still there."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Web:
    """`pages` are answers by path: a status and headers. `asked` is what came in, in order."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.pages: dict[str, tuple[int, dict[str, str]]] = {}
        self.robots = ""
        self.asked: list[tuple[str, str]] = []
        self.agents: set[str] = set()


@contextmanager
def a_web() -> Iterator[Web]:
    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self._answer(b"")

        def do_GET(self) -> None:
            self._answer(web.robots.encode() if self.path == "/robots.txt" else b"A page.")

        def _answer(self, body: bytes) -> None:
            web.agents.add(self.headers["User-Agent"])
            web.asked.append((self.command, self.path))
            at_robots = self.path == "/robots.txt" and (200 if web.robots else 404)
            status, headers = (at_robots, {}) if at_robots else web.pages.get(self.path, (404, {}))
            if (self.command, status) == ("HEAD", 299):  # knows no HEAD
                status = 405
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    web = Web(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
