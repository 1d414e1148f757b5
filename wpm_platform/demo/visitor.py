"""A visitor without JavaScript: reads pages, fills in forms and presses buttons over HTTP."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener


class UnexpectedPage(RuntimeError):
    """The site answered with something that a visitor could not go on from."""


@dataclass(kw_only=True)
class Form:
    """A form as it stands in the page: hidden and filled-in fields, and the buttons by name and value."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def offers(self, name: str, value: str) -> bool:
        return (name, value) in self.buttons


@dataclass(kw_only=True)
class Page:
    address: str
    text: str
    forms: list[Form]

    @property
    def path(self) -> str:
        return urlsplit(self.address).path

    def form_with(self, name: str) -> Form:
        """The form that has a field or button called `name`."""
        for form in self.forms:
            if name in form.fields or any(button == name for button, _ in form.buttons):
                return form
        raise UnexpectedPage(f"{self.path} has no form with {name!r}")

    def own_form(self) -> Form:
        """The first form that is sent to the page itself and is not the switch of languages."""
        for form in self.forms:
            if not form.action and not any(button == "language" for button, _ in form.buttons):
                return form
        raise UnexpectedPage(f"{self.path} has no form of its own")


class Visitor:
    """One person's browser: cookies, and the page at hand."""

    def __init__(self) -> None:
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, address: str) -> Page:
        return self._open(Request(address))  # noqa: S310 (addresses of our own site)

    def send(self, page: Page, form: Form, **values: str) -> Page:
        """Send a form of the page with some fields filled in or a button pressed."""
        body = urlencode({**form.fields, **values}).encode()
        address = urljoin(page.address, form.action)
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(address))
        return self._open(Request(address, data=body, headers={"Origin": origin}))  # noqa: S310 (our own site)

    def _open(self, request: Request) -> Page:
        try:
            with self._opener.open(request, timeout=60) as response:
                text, address = response.read().decode(), response.url
        except HTTPError as error:
            raise UnexpectedPage(f"{urlsplit(request.full_url).path} answered {error.code}") from error
        parser = _FormParser()
        parser.feed(text)
        return Page(address=address, text=text, forms=parser.forms)


class _FormParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._form = Form(action=values.get("action", ""))
            self.forms.append(self._form)
        elif self._form is not None:
            self._field(tag, values)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None

    def _field(self, tag: str, values: dict[str, str]) -> None:
        form, name = self._form, values.get("name", "")
        if form is None:
            return
        if tag == "button":
            form.buttons.append((name, values.get("value", "")))
        elif tag == "select":
            self._select = name
        elif tag == "option" and ("selected" in values or self._select not in form.fields):
            form.fields[self._select] = values.get("value", "")
        elif tag == "textarea":
            form.fields[name] = ""
        elif tag == "input" and name:
            self._input(form, name, values)

    def _input(self, form: Form, name: str, values: dict[str, str]) -> None:
        kind = values.get("type", "text")
        if kind == "submit":
            form.buttons.append((name, values.get("value", "")))
        elif kind not in ("radio", "checkbox") or "checked" in values:
            form.fields[name] = values.get("value", "on" if kind == "checkbox" else "")
