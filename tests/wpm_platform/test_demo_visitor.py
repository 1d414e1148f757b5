"""The demo's visitor answers on the real pages, over HTTP and without JavaScript."""

import datetime

import pytest

from surveys.enums import Fuel, Mode, Whereabouts
from surveys.models import DayAnswer, Invitation, Response
from tests.factories import (
    as_owner,
    make_campaign,
    make_employee,
    make_invitation,
    make_organisation,
    make_site,
    make_week,
    personal_path,
)
from wpm_platform.clock import now, today
from wpm_platform.demo.answering import WeekOnPaper, answer_week, answer_weeks
from wpm_platform.demo.visitor import UnexpectedPage

pytestmark = pytest.mark.django_db(transaction=True)

CAR_WEEK = ("car", "car", "home", "bicycle", "not_worked")


@pytest.fixture
def invitations() -> list[Invitation]:
    """Three people of one employer, asked about last week."""
    organisation = make_organisation()
    site = make_site(organisation)
    monday = today() - datetime.timedelta(days=today().weekday() + 7)
    hour, week = datetime.timedelta(hours=1), datetime.timedelta(weeks=1)
    asked = make_week(make_campaign(organisation), monday=monday, opens_at=now() - hour, closes_at=now() + week)
    return [make_invitation(asked, make_employee(organisation, site=site)) for _ in range(3)]


def on_paper(invitation: Invitation, live_server: object, **changes: object) -> WeekOnPaper:
    answers = {"one_way_km": "12,5", "days": CAR_WEEK, "fuel": "diesel", "is_employer_provided": True}
    return WeekOnPaper(link=f"{live_server}{personal_path(invitation)}", **(answers | changes))


def test_a_week_on_paper_is_the_week_that_is_stored(invitations, live_server):
    answer_week(on_paper(invitations[0], live_server))

    with as_owner(invitations[0].organisation):
        response = Response.objects.get(invitation=invitations[0])
        days = list(DayAnswer.objects.filter(response=response).order_by("date"))
    assert response.submitted_at is not None
    assert response.one_way_metres == 12_500
    assert [day.mode or day.whereabouts for day in days[:5]] == [
        *(Mode.CAR, Mode.CAR, Whereabouts.HOME, Mode.BICYCLE, Whereabouts.NOT_WORKED)
    ]
    assert [day.return_metres for day in days[:5]] == [25_000, 25_000, 0, 25_000, 0]
    assert (days[0].fuel, days[0].is_employer_provided) == (Fuel.DIESEL, True)


def test_somebody_works_in_the_weekend_too(invitations, live_server):
    answer_week(on_paper(invitations[0], live_server, days=(*CAR_WEEK, "car", "not_worked")))

    with as_owner(invitations[0].organisation):
        days = DayAnswer.objects.filter(response__invitation=invitations[0]).order_by("date")
        assert [day.return_metres for day in days] == [25_000, 25_000, 0, 25_000, 0, 25_000, 0]


def test_several_people_answer_at_once(invitations, live_server):
    assert answer_weeks([on_paper(invitation, live_server) for invitation in invitations]) == 3

    with as_owner(invitations[0].organisation):
        assert Response.objects.filter(submitted_at__isnull=False).count() == 3


def test_an_unknown_link_is_said_aloud(invitations, live_server):
    broken = personal_path(invitations[0])[:-6] + "xxxxx/"
    week = WeekOnPaper(link=f"{live_server}{broken}", one_way_km="3", days=CAR_WEEK)

    with pytest.raises(UnexpectedPage, match="404"):
        answer_week(week)


def test_a_choice_that_the_page_does_not_have_is_said_aloud(invitations, live_server):
    with pytest.raises(UnexpectedPage):
        answer_week(on_paper(invitations[0], live_server, days=("teleport",) * 5))
