"""The campaign pages: what HR, a site lead, a reader and a stranger get."""

import datetime

import pytest
from django.urls import reverse

from surveys.models import Campaign, CampaignText, SurveyWeek
from tests.factories import as_owner, make_employee, make_member, make_organisation, make_site, make_user
from tests.surveys.campaigns import local, mails, make_draft, make_started, rows

pytestmark = pytest.mark.django_db
NOW = local("2026-03-12")


@pytest.fixture(autouse=True)
def _thursday(time_machine):
    time_machine.move_to(NOW, tick=False)


def address(organisation, name, **kwargs):
    return reverse(name, kwargs={"slug": organisation.slug, **kwargs})


FIELDS = {
    "name": "Reisweek",
    "kind": "one_week",
    "first_week": "2026-03-09",
    "opening_time": "09:00",
    "has_reminders": "on",
    "sender_name": "Voorbeeld Personeelszaken",
    "reply_to": "hr@voorbeeld.example",
}


def errors(response):
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def test_new_campaign_becomes_a_draft(hr, organisation):
    response = hr.post(address(organisation, "campaign_new"), FIELDS)
    [(code, state)] = rows(Campaign, organisation, "code", "state")
    assert (response.status_code, response["Location"]) == (302, address(organisation, "campaign", code=code))
    assert state == "draft"
    assert rows(SurveyWeek, organisation, "monday", "opens_at") == [(datetime.date(2026, 3, 9), local("2026-03-16"))]


def test_opening_left_empty_is_never_behind_us(hr, organisation):
    hr.post(address(organisation, "campaign_new"), FIELDS | {"first_week": "2026-02-02"})
    assert rows(SurveyWeek, organisation, "opens_at") == [local("2026-03-12")]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"kind": "weekly_panel"}, "weeks"),
        ({"kind": "weekly_panel", "weeks": "0"}, "weeks"),
        ({"kind": "weekly_panel", "weeks": "50"}, "first_week"),
        ({"first_week": "2026-03-10"}, "first_week"),
        ({"first_week": "gisteren"}, "first_week"),
        ({"opens_on": "2026-03-13"}, "opens_on"),
        ({"opens_on": "31-31-2026"}, "opens_on"),
        ({"opening_time": "23:00"}, "opening_time"),
        ({"days_to_answer": "400"}, "days_to_answer"),
        ({"reply_to": "hr"}, "reply_to"),
    ],
)
def test_mistake_stands_beside_its_field_and_nothing_typed_is_lost(hr, organisation, change, field):
    response = hr.post(address(organisation, "campaign_new"), FIELDS | {"name": "Reisweek"} | change)
    assert response.status_code == 422
    assert list(errors(response)) == [field]
    assert response.context["form"]["sender_name"].value() == "Voorbeeld Personeelszaken"
    assert rows(Campaign, organisation) == []


def test_weeks_to_choose_from_name_their_holidays(hr, organisation):
    response = hr.get(address(organisation, "campaign_new"))
    labels = dict(choice for _month, group in response.context["form"].fields["first_week"].choices for choice in group)
    assert labels["2026-03-09"] == "Week 11: 9–15 maart 2026"
    assert labels["2026-04-27"] == "Week 18: 27 april – 3 mei 2026 (geen gewone week: Koningsdag)"
    assert response.context["form"]["first_week"].value() == "2026-03-02"  # the last week that is over


def test_draft_can_be_changed(hr, organisation):
    draft = make_draft(organisation)
    edit = address(organisation, "campaign_edit", code=draft.code)
    shown = hr.get(edit).context["form"].initial
    assert (shown["first_week"], shown["opens_on"], shown["days_to_answer"]) == (
        "2026-03-09",
        datetime.date(2026, 3, 16),
        14,
    )
    response = hr.post(edit, FIELDS | {"kind": "weekly_panel", "weeks": "3"})
    assert response.status_code == 302
    assert len(rows(SurveyWeek, organisation)) == 3


def test_started_campaign_cannot_be_edited(hr, organisation):
    make_employee(organisation)
    campaign = make_started(organisation)
    page = address(organisation, "campaign", code=campaign.code)
    assert hr.get(address(organisation, "campaign_edit", code=campaign.code))["Location"] == page
    assert hr.post(address(organisation, "campaign_edit", code=campaign.code), FIELDS)["Location"] == page
    assert rows(Campaign, organisation, "name", "state") == [("Reisweek", "running")]


def test_start_page_says_who_gets_the_mail_and_who_does_not(hr, organisation):
    make_employee(organisation)
    make_employee(organisation, is_on_leave=True)
    draft = make_draft(organisation)
    response = hr.get(address(organisation, "campaign_start", code=draft.code))
    assert response.context["population"] == {
        "invited": 1,
        "by_mail": 1,
        "on_paper": 0,
        "because": [],
        "excluded_total": 1,
        "excluded": [{"reason": "on_leave", "label": "met verlof", "count": 1}],
    }
    assert rows(Campaign, organisation, "state") == ["draft"]


@pytest.mark.parametrize(
    ("before", "action", "after"),
    [
        ("draft", "start", "running"),
        ("running", "pause", "paused"),
        ("paused", "resume", "running"),
        ("running", "close", "closed"),
        ("paused", "close", "closed"),
    ],
)
def test_state_changes_by_post_and_not_by_get(hr, organisation, before, action, after):
    make_employee(organisation)
    campaign = make_draft(organisation) if before == "draft" else make_started(organisation)
    if before == "paused":
        with as_owner(organisation):
            Campaign.objects.update(state="paused")
    url = address(organisation, f"campaign_{action}", code=campaign.code)
    assert hr.get(url).status_code == 200
    assert rows(Campaign, organisation, "state") == [before]
    assert hr.post(url)["Location"] == address(organisation, "campaign", code=campaign.code)
    assert rows(Campaign, organisation, "state") == [after]
    again = hr.post(url, follow=True)  # done twice: told so, nothing changes
    assert [message.level_tag for message in again.context["messages"]] == ["success", "error"]
    assert rows(Campaign, organisation, "state") == [after]


def test_start_without_staff_says_what_to_do(hr, organisation):
    draft = make_draft(organisation)
    response = hr.post(address(organisation, "campaign_start", code=draft.code), follow=True)
    assert [str(message) for message in response.context["messages"]] == [
        "Er is niemand op de lijst met medewerkers die je kunt uitnodigen. "
        "Importeer eerst je medewerkers, met e-mailadressen."
    ]
    assert rows(Campaign, organisation, "state") == ["draft"]


def text_address(organisation, campaign, *, language="nl", kind="invitation", name="campaign_text"):
    return address(organisation, name, code=campaign.code, language=language, kind=kind)


def test_text_is_saved_and_previewed(hr, organisation):
    draft = make_draft(organisation)
    url = text_address(organisation, draft)
    response = hr.post(url, {"subject": "Reizen in {week}", "body": "Klik op\n\n{link}"}, follow=True)
    assert response.context["letter"].subject == "Reizen in 9–15 maart 2026"
    assert rows(CampaignText, organisation, "body", language="nl", kind="invitation") == ["Klik op\n\n{link}"]


def test_faulty_text_is_kept_in_the_form(hr, organisation):
    draft = make_draft(organisation)
    response = hr.post(text_address(organisation, draft), {"subject": "x", "body": "{naam} <script>"})
    assert response.status_code == 422
    assert [len(found) for found in errors(response).values()] == [2]
    assert "{naam} &lt;script&gt;" in response.content.decode()


@pytest.mark.parametrize(("language", "kind"), [("fr", "invitation"), ("nl", "own_link")])
def test_unknown_language_or_kind_is_not_found(hr, organisation, language, kind):
    draft = make_draft(organisation)
    assert hr.get(text_address(organisation, draft, language=language, kind=kind)).status_code == 404


@pytest.mark.parametrize(
    ("reply_to", "contact", "expected"),
    [
        ("antwoord@voorbeeld.example", "vragen@voorbeeld.example", "antwoord@voorbeeld.example"),
        ("", "vragen@voorbeeld.example", "vragen@voorbeeld.example"),
        ("", "", "zelf@voorbeeld.example"),
    ],
)
def test_new_campaign_begins_with_the_organisations_address_for_answers(client, reply_to, contact, expected):
    organisation = make_organisation(reply_to=reply_to, contact_email=contact)
    client.force_login(make_member(organisation, user=make_user(email="zelf@voorbeeld.example")))
    page = client.get(address(organisation, "campaign_new"))
    assert page.context["form"]["reply_to"].value() == expected


@pytest.mark.parametrize("kind", ["announcement", "thanks"])
def test_missing_text_begins_with_the_default_words(hr, organisation, kind):
    draft = make_draft(organisation)
    with as_owner(organisation):
        before = draft.texts.get(language="nl", kind=kind).body
        draft.texts.filter(kind=kind).delete()
    page = hr.get(text_address(organisation, draft, kind=kind))
    assert page.context["form"]["body"].value() == before
    assert rows(CampaignText, organisation, "pk", kind=kind) == []


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("announcement", "employer week opens minutes closes mails about sender"),
        ("reminder", "employer week link minutes closes sender"),
        ("thanks", "employer week result sender"),
    ],
)
def test_page_of_a_text_explains_the_fields_of_its_kind(hr, organisation, kind, fields):
    page = hr.get(text_address(organisation, make_draft(organisation), kind=kind))
    assert [field["name"] for field in page.context["fields"]] == [f"{{{name}}}" for name in fields.split()]
    assert all(field["meaning"] for field in page.context["fields"])


def test_test_mail_is_queued_to_oneself(hr, organisation):
    draft = make_draft(organisation)
    response = hr.post(text_address(organisation, draft, name="campaign_test_mail"))
    assert response["Location"] == text_address(organisation, draft)
    assert mails(organisation, "kind", "state") == [("surveys.test_mail", "queued")]
    assert hr.get(text_address(organisation, draft, name="campaign_test_mail")).status_code == 405


def test_people_left_out_are_listed_by_reason(hr, organisation):
    make_employee(organisation)
    away = make_employee(organisation, is_on_leave=True)
    campaign = make_started(organisation)
    response = hr.get(address(organisation, "campaign_not_invited", code=campaign.code, reason="on_leave"))
    assert [member.employee_id for member in response.context["page"].object_list] == [away.pk]
    unknown = address(organisation, "campaign_not_invited", code=campaign.code, reason="no-such-reason")
    assert hr.get(unknown).status_code == 404


def test_site_lead_sees_the_own_site_only(client, organisation):
    utrecht, venlo = make_site(organisation, name="Utrecht"), make_site(organisation, name="Venlo")
    for site in (utrecht, venlo):
        make_employee(organisation, site=site, is_on_leave=True)
        for _ in range(6):
            make_employee(organisation, site=site)
    campaign = make_started(organisation)
    client.force_login(make_member(organisation, role="site_lead", site=utrecht))
    page = client.get(address(organisation, "campaign", code=campaign.code))
    assert page.context["counts"].invited == 6
    assert page.context["population"]["excluded_total"] == 1
    assert "Venlo" not in page.content.decode()
    away = client.get(address(organisation, "campaign_not_invited", code=campaign.code, reason="on_leave"))
    assert [member.site_id for member in away.context["page"].object_list] == [utrecht.pk]


PAGES = ["campaign", "campaign_edit", "campaign_texts", "campaign_start", "campaign_pause", "campaign_resume"]
PAGES += ["campaign_close", "campaign_work_list"]


@pytest.mark.parametrize("name", PAGES)
def test_stranger_and_another_organisations_hr_get_404(client, organisation, name):
    campaign = make_draft(organisation)
    client.force_login(make_member(make_organisation()))
    assert client.get(address(organisation, name, code=campaign.code)).status_code == 404
    other = make_organisation()
    client.force_login(make_member(other))
    assert client.get(address(other, name, code=campaign.code)).status_code == 404
    assert client.post(address(other, name, code=campaign.code)).status_code in (404, 405)


@pytest.mark.parametrize("role", ["reader", "site_lead"])
@pytest.mark.parametrize("action", ["start", "pause", "resume", "close", "edit"])
def test_reader_and_site_lead_may_not_change_a_campaign(client, organisation, role, action):
    draft = make_draft(organisation)
    site = make_site(organisation) if role == "site_lead" else None
    client.force_login(make_member(organisation, role=role, site=site))
    assert client.post(address(organisation, f"campaign_{action}", code=draft.code)).status_code == 403
    assert client.get(address(organisation, "campaign", code=draft.code)).status_code == 200


@pytest.mark.parametrize("people", [1, 3])
def test_campaign_page_takes_as_many_queries_for_many_people(hr, organisation, people, django_assert_max_num_queries):
    for _ in range(people):
        make_employee(organisation)
    campaign = make_started(organisation)
    with django_assert_max_num_queries(34):
        hr.get(address(organisation, "campaign", code=campaign.code))
