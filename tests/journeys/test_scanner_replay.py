"""Mail scanners open every address of a mail, some in a browser that runs scripts and clicks: nothing may come of it.

Every kind of mail leaves through the real outbox; every address in its text, its HTML and its headers is fetched by
GET and by HEAD, then opened in Chromium, where the first link is clicked. No row of any table changes, and nobody is
logged in or recognised afterwards.
"""

import datetime
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core import mail as django_mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from playwright.sync_api import Browser, Response

from reporting.services.member_notices import NOTICE_KINDS, plan_deadline_reminders
from reporting.services.notice_mail import send_notices
from reporting.services.retention.due import retain_due
from surveys.domain import mail_kinds
from surveys.models import Invitation, MailStep
from surveys.services.campaign_progress import advance_campaigns
from surveys.services.campaign_test_mail import send_test_mail
from surveys.services.follow_up import ask_follow_up
from surveys.services.own_links import plan_own_links
from surveys.views.respond.language import COOKIE as EMPLOYEE_LANGUAGE
from tests.factories import as_owner, make_employee, make_member, make_organisation, make_response
from tests.reporting.employers import add_people
from tests.surveys.campaigns import local, make_started, send_all
from tests.wpm_platform.database import fingerprints
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.stops import address_hash
from wpm_platform.organisations.models import LegalEntity
from wpm_platform.organisations.services.invitations import MAIL_KIND as MEMBER_INVITATION
from wpm_platform.organisations.services.invitations import invite_member
from wpm_platform.organisations.services.member_mail import send_member_invitations
from wpm_platform.scoping import organisation_scope

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KINDS = {*mail_kinds.PLANNED_KINDS, mail_kinds.OWN_LINK_MAIL, mail_kinds.TEST_MAIL, MEMBER_INVITATION, *NOTICE_KINDS}
# Says nothing about who is looking: against forged forms, and the language that was chosen.
HARMLESS_COOKIES = {django_settings.CSRF_COOKIE_NAME, django_settings.LANGUAGE_COOKIE_NAME, EMPLOYEE_LANGUAGE}
RESPONDENT = ("organisation", "campaign", "week", "employee__site", "employee__legal_entity")
ADDRESS = re.compile(r"https?://[^\s<>\"')]+")
# The first link of a page may only jump to its text: then the first that leads away is clicked, too.
CLICK_FIRST_LINK = """links => {
    links[0]?.click();
    if (links[0]?.getAttribute("href").startsWith("#"))
        links.find(link => !link.getAttribute("href").startsWith("#"))?.click();
}"""
MINUTE = datetime.timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Mailed:
    """A mail that left. at: when."""

    kind: str
    at: datetime.datetime
    message: EmailMultiAlternatives


class _Addresses(HTMLParser):
    """Every address that a browser or scanner would take from the HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src", "action", "background") and value]


def collect(organisation, *, at):
    """The mails that left since the last time, by the kind that the outbox knows them by."""
    with as_owner(organisation):
        rows = OutgoingMail.objects.filter(organisation=organisation)
        kinds = {row.message_id: row.kind for row in rows if row.message_id}
    found = [Mailed(kind=kinds[m.extra_headers["Message-ID"]], at=at, message=m) for m in django_mail.outbox]
    django_mail.outbox.clear()
    return found


def tick(organisation, now):
    with organisation_scope(organisation):
        advance_campaigns(organisation=organisation, now=now)
    send_all(organisation, now=now)
    return collect(organisation, at=now)


def due(organisation, kind):
    with as_owner(organisation):
        return MailStep.objects.filter(organisation=organisation, kind=kind).earliest("due_at").due_at


def mails_while_open(organisation, admin):
    """Everything that is mailed before the campaign closes."""
    found = []
    for kind in ("announcement", "invitation", "reminder"):
        found += tick(organisation, due(organisation, kind))
    now = due(organisation, "reminder") + MINUTE
    with organisation_scope(organisation):
        invitation = Invitation.objects.select_related("employee", "campaign").earliest("pk")
        plan_own_links(organisation=organisation, hashed_address=address_hash(invitation.employee.email), now=now)
        send_test_mail(
            organisation=organisation,
            actor=admin,
            now=now,
            campaign=invitation.campaign,
            kind="invitation",
            language="nl",
        )
        invite_member(
            organisation=organisation,
            actor=admin,
            email="nieuw@voorbeeld.example",
            role="hr_admin",
            site=None,
            language="nl",
            now=now,
        )
    send_all(organisation, now=now)
    send_member_invitations(organisation_id=organisation.pk, now=now, sender=django_settings.DEFAULT_FROM_EMAIL)
    return found + collect(organisation, at=now)


def mails_after_closing(organisation):
    """Somebody answered, the campaign closes, and they are thanked; somebody else is asked one question."""
    with as_owner(organisation):
        invitation = Invitation.objects.select_related(*RESPONDENT).latest("pk")
    make_response(invitation)
    tick(organisation, invitation.week.closes_at + MINUTE)
    now = due(organisation, "thanks")
    with organisation_scope(organisation):
        ask_follow_up(organisation=organisation, actor=None, now=now, campaign=invitation.campaign, size=30)
    return tick(organisation, now)


def mails_to_hr(organisation):
    """The deadline of a year comes near, and two years later the rows of the campaign are about to go."""
    with as_owner(organisation):
        entity = LegalEntity.objects.get(organisation=organisation)
    add_people(organisation, entity, 100)
    found = []
    for now in (local("2027-05-31", "12:00"), local("2028-04-03", "12:00")):
        with organisation_scope(organisation):
            plan_deadline_reminders(organisation=organisation, now=now)
        retain_due(organisation_id=organisation.pk, clock=lambda at=now: at)
        send_notices(organisation_id=organisation.pk, now=now, sender=django_settings.DEFAULT_FROM_EMAIL)
        found += collect(organisation, at=now)
    return found


def addresses(message):
    """What a scanner finds in the text, the HTML and the headers; without duplicates."""
    found = ADDRESS.findall(message.body)
    for content, mimetype in message.alternatives:
        assert mimetype == "text/html"
        parser = _Addresses()
        parser.feed(content)
        found += [address for address in parser.found if not address.startswith(("mailto:", "tel:"))]
    for value in message.extra_headers.values():
        found += ADDRESS.findall(value)
    return sorted({address.rstrip(".,") for address in found})


@dataclass
class Scanner:
    """Fetches like a scanner, and looks at what came of it."""

    browser: Browser
    origin: str

    def fetch(self, address, method):
        client = Client()
        response = getattr(client, method)(address.removeprefix(self.origin))
        assert response.status_code in (200, 302, 404), address
        assert set(client.cookies) <= HARMLESS_COOKIES, (method, address)

    def browse(self, address):
        """Open it, run its scripts, click; every answer on the way is looked at."""
        context = self.browser.new_context(locale="nl-NL", timezone_id="Europe/Amsterdam")
        answers: list[Response] = []
        page = context.new_page()
        page.on("response", lambda answer: answers.append(answer))
        page.goto(address, wait_until="networkidle")
        page.locator("a[href]").evaluate_all(CLICK_FIRST_LINK)
        page.wait_for_load_state("networkidle")
        cookies = {cookie["name"] for cookie in context.cookies()}
        given = {value.partition("=")[0] for answer in answers for value in answer.header_values("set-cookie")}
        context.close()
        assert cookies | given <= HARMLESS_COOKIES, address


def check_replay(scanner, mailed, time_machine):
    """Fetch everything that this mail holds; returns how many addresses that were."""
    time_machine.move_to(mailed.at + MINUTE)
    found = addresses(mailed.message)
    assert [address for address in found if not address.startswith(scanner.origin)] == []
    before = fingerprints()
    for address in found:
        for method in ("get", "head"):
            scanner.fetch(address, method)
            assert fingerprints() == before, (mailed.kind, method, address)
        scanner.browse(address)
        assert fingerprints() == before, (mailed.kind, "browser", address)
    return len(found)


@pytest.fixture
def scanner(browser, live_server, settings):
    settings.BASE_URL = str(live_server)
    return Scanner(browser, str(live_server))


def test_a_scanner_that_opens_every_address_of_every_mail_changes_nothing(scanner, time_machine):
    organisation = make_organisation()
    admin = make_member(organisation)
    # One answers; a follow-up asks fifteen of the silent or nobody.
    for _ in range(16):
        make_employee(organisation)
    make_started(organisation, now=local("2026-03-10", "12:00"))
    counted = {}
    stages = (
        lambda: mails_while_open(organisation, admin),
        lambda: mails_after_closing(organisation),
        lambda: mails_to_hr(organisation),
    )
    for mails in stages:
        for kind, mailed in {mailed.kind: mailed for mailed in mails()}.items():
            counted[kind] = check_replay(scanner, mailed, time_machine)
    assert set(counted) == KINDS
    assert [kind for kind, count in counted.items() if count == 0] == [mail_kinds.THANKS_MAIL]  # asks for nothing


def test_mails_that_may_be_stopped_say_so_in_their_headers(scanner, time_machine):
    organisation = make_organisation()
    admin = make_member(organisation)
    make_employee(organisation)
    make_started(organisation, now=local("2026-03-10", "12:00"))
    stops = {m.kind for m in mails_while_open(organisation, admin) if "List-Unsubscribe" in m.message.extra_headers}
    assert stops >= {mail_kinds.ANNOUNCEMENT_MAIL, mail_kinds.INVITATION_MAIL, mail_kinds.REMINDER_MAIL}


def test_every_kind_of_letter_is_replayed():
    """A new folder of templates is a new kind of mail: send it in one of the stages."""
    emails = Path(django_settings.BASE_DIR) / "templates" / "emails"
    folders = {path.name for path in emails.iterdir() if path.is_dir()}
    assert folders == {kind.partition(".")[2] for kind in KINDS - {mail_kinds.TEST_MAIL}}
