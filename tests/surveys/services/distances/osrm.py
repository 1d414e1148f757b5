"""A routing server on this machine: real HTTP on a loopback address, with the answers that a test wants."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def route(metres: object) -> bytes:
    """What OSRM answers for a route (its documentation, "Route service")."""
    return json.dumps({"code": "Ok", "routes": [{"distance": metres, "duration": 900.0}], "waypoints": []}).encode()


NO_ROUTE = b'{"code":"NoRoute","message":"Impossible route between points"}'


@dataclass(kw_only=True)
class RoutingServer:
    """status, body: what it answers. holds: until `let_go` it does not answer at all. asked: the paths it was asked."""

    status: int = 200
    body: bytes = b""
    holds: bool = False
    location: str = ""
    asked: list[str] = field(default_factory=list)
    let_go: threading.Event = field(default_factory=threading.Event)
    url: str = ""


@contextmanager
def routing_server() -> Iterator[RoutingServer]:
    told = RoutingServer(body=route(18_400.0))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append(self.path)
            if told.holds:
                told.let_go.wait(timeout=20)
                return
            self.send_response(told.status)
            if told.location:
                self.send_header("Location", told.location)
            self.send_header("Content-Length", str(len(told.body)))
            self.end_headers()
            self.wfile.write(told.body)

        def log_message(self, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield told
    finally:
        told.let_go.set()
        server.shutdown()
        server.server_close()
        thread.join()
