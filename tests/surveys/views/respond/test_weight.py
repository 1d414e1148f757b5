"""How much a phone receives: compressed bytes, headers apart, with an empty cache.

`make bench-weight` asks a real server.
"""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import resolve, reverse

from tests.factories import personal_path
from tests.surveys.views.respond.walk import make_open_invitation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_now")]

FIRST_PAGE_LIMIT, WHOLE_FLOW_LIMIT = 60_000, 100_000
LINKED = re.compile(rb'<(?:link|script|img)[^>]* (?:href|src)="([^"]+)"')
ANSWERS = {
    "answer_facts": {"one_way": "12,5"},
    "answer_day": {"choice": "car"},
    "answer_fuel": {"choice": "petrol"},
    "answer_provider": {"choice": "own"},
    "answer_weekend": {"choice": "no"},
    "answer_check": {"choice": "normal_week"},
}


class Phone:
    """A browser with an empty cache that sums what it receives."""

    def __init__(self, language: str) -> None:
        self.client = Client(headers={"accept-encoding": "gzip", "accept-language": language})
        self.received = 0
        self.files: set[str] = set()

    def open(self, path: str) -> None:
        response = self.client.get(path)
        assert (response.status_code, response.headers.get("Content-Encoding")) == (200, "gzip")
        self.received += len(response.content)
        for address in LINKED.findall(gzip.decompress(response.content)):
            self._load(address.decode())

    def _load(self, address: str) -> None:
        assert address.startswith("/static/"), f"{address} is somebody else's, or no file"
        if address not in self.files:
            self.files.add(address)
            found = finders.find(address.removeprefix("/static/"))
            self.received += len(gzip.compress(Path(str(found)).read_bytes()))


@pytest.mark.parametrize("language", ["nl", "bg", "ar"])
def test_first_page_and_whole_flow_stay_light(language):
    invitation = make_open_invitation(language=language)
    phone, path = Phone(language), personal_path(invitation)
    phone.open(path)
    first_page = phone.received
    answer = phone.client.post(path)
    while not answer["Location"].endswith("/receipt/"):
        path = answer["Location"]
        phone.open(path)
        answer = phone.client.post(path, ANSWERS[resolve(path).url_name])
    phone.open(answer["Location"])
    print(f"{language}: first page {first_page} bytes, whole flow {phone.received} bytes")
    assert first_page <= FIRST_PAGE_LIMIT
    assert phone.received <= WHOLE_FLOW_LIMIT


def test_only_employees_pages_are_compressed_by_the_application():
    client = Client(headers={"accept-encoding": "gzip"})
    for path in ("/health/", reverse("account_login")):
        assert "Content-Encoding" not in client.get(path).headers
    plain = Client().get(personal_path(make_open_invitation()))
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]
