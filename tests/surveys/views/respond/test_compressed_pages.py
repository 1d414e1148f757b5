"""A page that was drawn before arrives compressed, and is the same page as without."""

import gzip
import re

import pytest
from django.test import Client

from tests.surveys.views.respond.test_drawn_pages import TILES, by_car, own_values, shared_part
from tests.surveys.views.respond.walk import DAYS, make_open_invitation, tap, text, with_facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_now")]
GZIP = {"accept-encoding": "gzip"}
# As Django's own compression of pages adds.
LONGEST_PADDING = 100


def varies_by(response):
    return set(re.split(r",\s*", response["Vary"]))


def unpacked(response):
    assert response["Content-Encoding"] == "gzip"
    assert int(response["Content-Length"]) == len(response.content)
    return gzip.decompress(response.content).decode()


@pytest.mark.parametrize("language", ["nl", "ar"])
@pytest.mark.parametrize("path", TILES)
def test_a_tile_page_unpacks_to_the_page_that_comes_plain(path, language):
    client = by_car(make_open_invitation(language=language))
    plain, packed = client.get(path), client.get(path, headers=GZIP)
    assert (plain.status_code, packed.status_code) == (200, 200)
    assert "Content-Encoding" not in plain
    page = unpacked(packed)
    assert shared_part(page) == shared_part(text(plain))
    assert varies_by(packed) == varies_by(plain)
    assert "Accept-Encoding" in varies_by(packed)
    assert packed["Content-Type"] == plain["Content-Type"]
    assert packed["Cache-Control"] == plain["Cache-Control"]


@pytest.mark.parametrize("path", TILES)
def test_the_token_and_the_mark_are_compressed_together_with_nothing(path):
    packed = by_car(make_open_invitation()).get(path, headers=GZIP)
    page = unpacked(packed)
    tokens, mark = own_values(page)
    assert tokens
    for own in (*tokens, mark):
        assert packed.content.count(own.encode()) == page.count(own)
    assert b"csrfmiddlewaretoken" not in packed.content


def test_the_token_of_a_compressed_page_lets_its_browser_answer():
    client = with_facts(make_open_invitation())
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    tokens, _mark = own_values(unpacked(strict.get(DAYS[0], headers=GZIP)))
    answer = {"choice": "bicycle", "csrfmiddlewaretoken": tokens.pop()}
    assert strict.post(DAYS[0], answer, headers=GZIP)["Location"] == "/answer/vehicle/bicycle/provider/"


def test_a_page_with_an_error_comes_compressed_too():
    client = with_facts(make_open_invitation())
    again = client.post(DAYS[0], {"choice": "balloon"}, headers=GZIP)
    assert again.status_code == 422
    assert "error-summary" in unpacked(again)


def test_the_next_page_that_comes_with_an_answer_is_compressed_too():
    client = with_facts(make_open_invitation())
    answer = {"choice": "public_transport"}
    for headers in ({}, GZIP):
        came = client.post(DAYS[0], answer, headers=headers | {"prefer": "return=representation"})
        assert (came.status_code, came["Content-Location"]) == (200, DAYS[1])
        page = unpacked(came) if headers else text(came)
        assert shared_part(page) == shared_part(text(client.get(DAYS[1])))


@pytest.mark.parametrize("accepted", [None, "", "identity", "br", "br, deflate"])
def test_who_does_not_ask_for_gzip_gets_every_page_plain(accepted):
    client = with_facts(make_open_invitation())
    for path in (DAYS[0], "/answer/facts/"):
        page = client.get(path, headers={"accept-encoding": accepted} if accepted is not None else {})
        assert "Content-Encoding" not in page
        assert page.content.decode().endswith("</html>\n")


@pytest.mark.parametrize("accepted", ["gzip", "br, gzip;q=0.5", "deflate, gzip, br, zstd", "gzip;q=0"])
def test_drawn_pages_are_compressed_for_whom_other_pages_are(accepted):
    client = with_facts(make_open_invitation())
    tap(client, DAYS[0], "bicycle")
    drawn, other = (client.get(path, headers={"accept-encoding": accepted}) for path in (DAYS[1], "/answer/facts/"))
    assert drawn.get("Content-Encoding") == other.get("Content-Encoding")
    assert ("Accept-Encoding" in varies_by(drawn)) == ("Accept-Encoding" in varies_by(other))


def test_nothing_but_the_head_of_a_compressed_page_is_sent_to_who_asks_for_that():
    client = with_facts(make_open_invitation())
    page, head = client.get(DAYS[0], headers=GZIP), client.head(DAYS[0], headers=GZIP)
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Encoding"] == "gzip"
    assert abs(int(head["Content-Length"]) - int(page["Content-Length"])) < LONGEST_PADDING


def test_no_answer_is_told_from_the_length_of_the_page_after_it():
    """The answers differ by some bytes on the next page, the visits of one page by up to a hundred."""
    client = with_facts(make_open_invitation())
    lengths = {}
    for mode in ("bicycle", "moped"):
        tap(client, DAYS[0], mode)
        lengths[mode] = [int(client.get(DAYS[1], headers=GZIP)["Content-Length"]) for _ in range(30)]
    for of_one in lengths.values():
        assert LONGEST_PADDING / 3 < max(of_one) - min(of_one) < LONGEST_PADDING
    assert max(min(lengths["bicycle"]), min(lengths["moped"])) < min(max(lengths["bicycle"]), max(lengths["moped"]))
