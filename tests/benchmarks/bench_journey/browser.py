"""A browser as far as a web server can tell, cheap in CPU: one connection kept open, one cookie jar, forms posted
with their hidden fields, redirects followed, files that pages link to fetched once. Nothing of Django runs here.

With the script (`lost_connection.js`) a form is sent as that does: with `Prefer: return=representation`, for which the
server answers with the next page. Without it, each answer is a POST, its redirect, and a GET.
"""

import asyncio
import re
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode, urlsplit

HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)"(?: value="([^"]*)")?')
FORM = re.compile(r"<form method=\"post\"(?: action=\"([^\"]*)\")?[^>]*>(.*?)</form>", re.DOTALL)
LINKED = re.compile(r'<(?:link|script)[^>]* (?:href|src)="(/static/[^"]+)"')
MOST_REDIRECTS = 5
Note = Callable[[str, int, float], None]


@dataclass(frozen=True, kw_only=True)
class Page:
    """What came back. path: where the browser ended, after redirects."""

    status: int
    path: str
    text: str

    def hidden(self, *, form: int) -> dict[str, str]:
        """The hidden fields of one of the page's forms, counted from the end: -1 is the last."""
        found = FORM.findall(self.text)
        return {name: unescape(value) for name, value in HIDDEN.findall(found[form][1])} if found else {}

    def action(self, *, form: int) -> str:
        """Where that form posts to: its own address, or that of the page."""
        found = FORM.findall(self.text)
        return unescape(found[form][0]) if found and found[form][0] else self.path


@dataclass(kw_only=True)
class Browser:
    """One person's browser. note: called for each request with its name, status and seconds. has_script: it runs ours.

    received: bytes of all that came over the wire, compressed, without headers.
    """

    host: str
    port: int
    note: Note
    language: str = "nl"
    has_script: bool = False
    cookies: dict[str, str] = field(default_factory=dict)
    page: Page | None = None
    received: int = 0
    _cached: set[str] = field(default_factory=set)
    _stream: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str, *, name: str) -> Page:
        return await self._follow("GET", path, b"", name=name)

    async def submit(self, *, name: str, form: int = -1, **fields: str) -> Page:
        """Fill in a form of the page at hand and send it: the last one unless told otherwise."""
        assert self.page is not None
        body = urlencode(self.page.hidden(form=form) | fields).encode()
        return await self._follow("POST", self.page.action(form=form), body, name=name)

    async def load_files(self, *, name: str) -> None:
        """Fetch what the page links to and this browser does not hold yet: style sheets, scripts, icons."""
        assert self.page is not None
        for path in LINKED.findall(self.page.text):
            if path not in self._cached:
                self._cached.add(path)
                await self._request("GET", path, b"", name=name)

    async def close(self) -> None:
        if self._stream is not None:
            self._stream[1].close()
            self._stream = None

    async def _follow(self, method: str, path: str, body: bytes, *, name: str) -> Page:
        status, headers, content = await self._request(method, path, body, name=f"{name} {method}")
        path = headers.get("content-location", path)
        for _ in range(MOST_REDIRECTS):
            # The script opens the address that comes instead of a page.
            if status not in (301, 302, 303) and not (self.has_script and "location" in headers):
                break
            path = urlsplit(headers["location"]).path
            status, headers, content = await self._request("GET", path, b"", name=f"{name_of(path)} GET")
        self.page = Page(status=status, path=path, text=content.decode())
        return self.page

    async def _request(self, method: str, path: str, body: bytes, *, name: str) -> tuple[int, dict[str, str], bytes]:
        request = self._written(method, path, body)
        began_at = time.perf_counter()
        status, headers, content = await self._exchange(request)
        self.note(name, status, time.perf_counter() - began_at)
        self.received += len(content)
        if headers.get("content-encoding") == "gzip":
            content = zlib.decompress(content, wbits=31)
        return status, headers, content

    def _written(self, method: str, path: str, body: bytes) -> bytes:
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {self.host}:{self.port}",
            "User-Agent: Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140 Mobile Safari/537.36",
            "Accept: text/html,application/xhtml+xml",
            "Accept-Encoding: gzip",
            f"Accept-Language: {self.language}",
        ]
        if jar:
            lines.append(f"Cookie: {jar}")
        if method == "POST":
            lines += [
                f"Origin: http://{self.host}:{self.port}",
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}",
            ]
            if self.has_script:
                lines.append("Prefer: return=representation")
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body

    async def _exchange(self, request: bytes) -> tuple[int, dict[str, str], bytes]:
        """Send over the connection at hand; over a new one where the server closed it while it was idle."""
        if self._stream is not None:
            try:
                return await self._sent(request)
            except (ConnectionError, asyncio.IncompleteReadError):
                await self.close()
        self._stream = await asyncio.open_connection(self.host, self.port, limit=1_000_000)
        return await self._sent(request)

    async def _sent(self, request: bytes) -> tuple[int, dict[str, str], bytes]:
        assert self._stream is not None
        reader, writer = self._stream
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status, headers = int(head[0].split(" ", 2)[1]), {}
        for line in head[1:-2]:
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                self._keep(value)
            else:
                headers[name.lower()] = value
        content = await reader.readexactly(int(headers["content-length"])) if "content-length" in headers else b""
        if headers.get("connection", "").lower() == "close":
            await self.close()
        return status, headers, content

    def _keep(self, cookie: str) -> None:
        name, _, value = cookie.partition(";")[0].partition("=")
        self.cookies[name] = value


def name_of(path: str) -> str:
    """A page's name in the table of figures: its address without secrets, dates and modes."""
    if path.startswith("/r/"):
        return "link"
    return re.sub(r"\d{4}-\d\d-\d\d/|vehicle/[a-z_]+/", "", path).removeprefix("/answer/").strip("/") or "start"
