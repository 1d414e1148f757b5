"""A question page is drawn once for all who see the same; what is one person's own is on nobody else's page."""

import re

import pytest
from django.test import Client

from surveys.views.respond.drawn_pages import MARK, TOKEN
from tests.factories import as_owner, make_employee, make_invitation, make_site, personal_path
from tests.surveys.views.respond.walk import DAYS, make_open_invitation, started, tap, text, with_facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_now")]
# Each question that is answered by one tap.
TILES = [
    *DAYS[:2],
    "/answer/vehicle/car/fuel/",
    "/answer/vehicle/car/provider/",
    "/answer/weekend/",
    "/answer/normal-week/",
    "/answer/normal-week/2026-03-09/",
]


def own_values(page):
    """The CSRF tokens and the mark of the person on a page."""
    tokens = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    (mark,) = re.findall(r'name="person" value="([^"]*)"', page)
    return set(tokens), mark


def shared_part(page):
    tokens, mark = own_values(page)
    for own in (*tokens, mark):
        page = page.replace(own, "…")
    return page


def colleague_of(invitation, **employee):
    return make_invitation(invitation.week, make_employee(invitation.organisation, **employee))


def by_car(invitation):
    """Somebody in the middle of an unusual week by car, for whom all the questions are asked."""
    client = with_facts(invitation)
    tap(client, DAYS[0], "car")
    tap(client, "/answer/normal-week/", "fill")
    return client


@pytest.mark.parametrize("language", ["nl", "ar"])
@pytest.mark.parametrize("path", TILES)
def test_two_who_see_the_same_have_a_token_and_a_mark_of_their_own(path, language):
    invitation = make_open_invitation(language=language)
    first, second = (by_car(each) for each in (invitation, colleague_of(invitation, language=language)))
    one, other = (text(client.get(path)) for client in (first, second))
    assert "csrfmiddlewaretoken" in one
    assert shared_part(one) == shared_part(other)
    (one_tokens, one_mark), (other_tokens, other_mark) = own_values(one), own_values(other)
    assert not one_tokens & other_tokens
    assert one_mark
    assert one_mark != other_mark
    for page in (one, other):
        assert TOKEN not in page
        assert MARK not in page


def test_the_token_of_a_page_drawn_before_lets_its_own_browser_answer():
    invitation = make_open_invitation()
    before = with_facts(colleague_of(invitation))
    before.get(DAYS[0])
    client = started(invitation, client=Client())
    tap(client, "/answer/facts/", one_way="10", home_postcode="")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    tokens, _mark = own_values(text(strict.get(DAYS[0])))
    answer = {"choice": "bicycle", "csrfmiddlewaretoken": tokens.pop()}
    assert strict.post(DAYS[0], {"choice": "bicycle"}).status_code == 403
    assert strict.post(DAYS[0], answer)["Location"] == "/answer/vehicle/bicycle/provider/"


def test_each_employer_has_its_own_name_and_help_on_the_page():
    mine, other = make_open_invitation(), make_open_invitation()
    with as_owner():
        other.organisation.name, other.organisation.contact_phone = "Verzonnen Drukkerij", "020 000 00 01"
        other.organisation.save()
    assert "Voorbeeld Fietsfabriek" in text(with_facts(mine).get(DAYS[0]))
    page = text(with_facts(other).get(DAYS[0]))
    assert "Verzonnen Drukkerij" in page
    assert "020 000 00 01" in page
    assert "Voorbeeld Fietsfabriek" not in page


def test_what_the_employer_changes_shows_at_once():
    invitation = make_open_invitation()
    client = with_facts(invitation)
    assert "010 000 00 00" in text(client.get(DAYS[0]))
    with as_owner():
        invitation.organisation.contact_phone = "010 000 00 02"
        invitation.organisation.save()
    assert "010 000 00 02" in text(client.get(DAYS[0]))


def test_an_answer_before_shows_on_the_page_of_who_gave_it_only():
    invitation = make_open_invitation()
    first, second = with_facts(invitation), with_facts(colleague_of(invitation))
    site = make_site(invitation.organisation, name="Nevenvestiging Noord")
    elsewhere = {"site": str(site.code), "one_way": "30"}
    tap(first, "/answer/day/2026-03-09/other-site/", "walking", **elsewhere)
    tap(second, DAYS[0], "home")
    one, other = (text(client.get(DAYS[1])) for client in (first, second))
    assert "Nevenvestiging Noord" in one
    assert "Nevenvestiging Noord" not in other
    assert "maandag (thuisgewerkt)" in other


def test_the_page_on_a_shared_screen_clears_itself_and_the_one_at_home_does_not():
    invitation = make_open_invitation()
    screen, home = with_facts(invitation), with_facts(colleague_of(invitation))
    screen.cookies["kiosk"] = invitation.organisation.slug
    pages = [text(client.get(DAYS[0])) for client in (home, screen, home)]
    assert ["kiosk.js" in page for page in pages] == [False, True, False]
    assert ["data-kiosk-clear" in page for page in pages] == [False, True, False]


@pytest.mark.parametrize("value", ["../../e", "a" * 61, '"><script>', "%s", "a b"])
def test_a_cookie_that_no_shared_screen_has_changes_nothing(value):
    invitation = make_open_invitation()
    plain, odd = with_facts(invitation), with_facts(colleague_of(invitation))
    odd.cookies["kiosk"] = value
    assert shared_part(text(odd.get(DAYS[0]))) == shared_part(text(plain.get(DAYS[0])))


def test_a_page_without_a_choice_says_so_to_that_visitor_only():
    invitation = make_open_invitation()
    client, colleague = with_facts(invitation), with_facts(colleague_of(invitation))
    again = client.post(DAYS[0], {"choice": "balloon"})
    assert again.status_code == 422
    assert "error-summary" in text(again)
    assert "error-summary" not in text(colleague.get(DAYS[0]))


def test_a_link_that_is_opened_in_between_changes_nothing_of_it():
    invitation = make_open_invitation(language="en")
    client = with_facts(invitation)
    before = shared_part(text(client.get(DAYS[0])))
    Client().get(personal_path(colleague_of(invitation, language="pl")))
    assert shared_part(text(client.get(DAYS[0]))) == before
