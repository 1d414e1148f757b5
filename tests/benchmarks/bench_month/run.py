"""Runs the campaign: jumps from one moment at which something is due to the next, and counts at the end."""

import datetime
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Min

from surveys.models import Campaign, Invitation, MailStep, SurveyWeek
from tests.benchmarks.bench_month.count import StepCount, count_steps, redelivered_tasks
from tests.benchmarks.kill_mail import world
from tests.benchmarks.own_servers import OwnServers
from tests.benchmarks.worker_crew import TICK_SECONDS, Crew, mail_environment, running_crew
from tests.factories import as_owner, make_organisation
from tests.mailing.sink import Sink, running_sink
from tests.simulated_clock import SimulatedClock
from tests.surveys.campaigns import local, make_started
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.organisations.models import Organisation

FIRST_MOMENT = local("2026-03-09", "08:00")
DAYS = 30  # 29 March, when the clock changes, lies within
WORKERS = 3
LONGEST_JUMP = datetime.timedelta(hours=12)
ANSWERED_AT = local("2026-03-17", "12:00")
EVERY_NTH_ANSWERS = 5
OPEN = ("queued", "inflight", "awaiting_retry")
PATIENCE_SECONDS = 1800.0
# A tick has come for certain.
SETTLE_SECONDS = 2.5 * TICK_SECONDS


class MonthTookTooLong(Exception):
    """Mails that were due were not settled in time."""


@dataclass(kw_only=True)
class Month:
    organisation: Organisation
    clock: SimulatedClock
    crew: Crew

    def live(self) -> int:
        """Live through the month. Returns how many jumps of the clock it took."""
        ends_at, jumps = FIRST_MOMENT + DAYS * datetime.timedelta(days=1), 0
        has_answered = False
        while self.clock.now() < ends_at:
            if not has_answered and self.clock.now() >= ANSWERED_AT:
                has_answered = bool(let_answer(self.organisation, at=self.clock.now()))
            self._settle()
            self.clock.set(max(self._next_moment(), self.clock.now()))
            jumps += 1
        return jumps

    def _settle(self) -> None:
        """Wait until all that is due now is done."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        time.sleep(SETTLE_SECONDS)
        while due := self._due():
            if time.monotonic() > deadline:
                raise MonthTookTooLong(f"{self.clock.now()}: {due}")
            self.crew.tend()
            time.sleep(0.2)

    def _due(self) -> str:
        now, organisation = self.clock.now(), self.organisation
        with as_owner(organisation):
            for what, rows in (
                ("mails", OutgoingMail.objects.filter(state__in=OPEN, due_at__lte=now)),
                ("steps", MailStep.objects.filter(state="planned", due_at__lte=now)),
                ("closing", Campaign.objects.filter(state="running").exclude(weeks__closes_at__gt=now)),
            ):
                count = rows.filter(organisation=organisation).count()
                if count:
                    return f"{what} {count}"
        return ""

    def _next_moment(self) -> datetime.datetime:
        now, organisation = self.clock.now(), self.organisation
        with as_owner(organisation):
            moments = [
                MailStep.objects.filter(organisation=organisation, due_at__gt=now).aggregate(at=Min("due_at"))["at"],
                OutgoingMail.objects.filter(organisation=organisation, due_at__gt=now, state__in=OPEN).aggregate(
                    at=Min("due_at")
                )["at"],
                SurveyWeek.objects.filter(organisation=organisation, closes_at__gt=now).aggregate(at=Min("closes_at"))[
                    "at"
                ],
            ]
        return min([now + LONGEST_JUMP, *(moment for moment in moments if moment)])


def run(*, people: int, servers: OwnServers, folder: Path) -> bool:
    """Live through the month on these servers, print what was counted; whether everybody got each mail once."""
    began = time.monotonic()
    world.migrate()
    organisation = make_organisation(slug="bench-month")
    world.make_people(organisation, count=people)
    make_started(organisation, now=local("2026-03-06"))
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="bench-month-") as notes, running_sink() as sink:
        clock = SimulatedClock(Path(notes) / "clock")
        clock.set(FIRST_MOMENT)
        environment = mail_environment(servers=servers, smtp_port=sink.port, clock=clock, senders=WORKERS)
        # The pace per recipient domain counts minutes, of which this month has few.
        environment |= {"WPM_MAIL_PER_MINUTE": "0"}
        with running_crew(workers=WORKERS, folder=folder, environment=environment) as crew:
            jumps = Month(organisation=organisation, clock=clock, crew=crew).live()
        counts = count_steps(expected=expected_mails(organisation), delivered=delivered_mails(organisation, sink))
    redelivered = redelivered_tasks(path.read_text() for path in folder.glob("worker-*.log"))
    seconds = time.monotonic() - began
    print(f"\n{people} people, {DAYS} days in {jumps} jumps of the clock, {seconds:.0f} s, logs in {folder}")
    return print_counts(counts, redelivered=redelivered, accepted=len(sink.accepted), seconds=seconds)


def let_answer(organisation: Organisation, *, at: datetime.datetime) -> int:
    """Every fifth person answers: no more reminders, and thanks at the end."""
    with as_owner(organisation):
        codes = list(Invitation.objects.filter(organisation=organisation).order_by("pk").values_list("pk", flat=True))
        return Invitation.objects.filter(pk__in=codes[::EVERY_NTH_ANSWERS]).update(answered_at=at)


def expected_mails(organisation: Organisation) -> dict[str, set[str]]:
    """Step → who must get it, from the plan and from who answered."""
    with as_owner(organisation):
        invitations = Invitation.objects.filter(organisation=organisation)
        everybody = set(invitations.values_list("employee__email", flat=True))
        answered = set(invitations.filter(answered_at__isnull=False).values_list("employee__email", flat=True))
        steps = list(MailStep.objects.filter(organisation=organisation).values_list("kind", "number"))
    who = {"announcement": everybody, "invitation": everybody, "reminder": everybody - answered, "thanks": answered}
    return {f"{kind}-{number}" if number else kind: who[kind] for kind, number in steps}


def delivered_mails(organisation: Organisation, sink: Sink) -> list[tuple[str, str]]:
    """Step and address of each mail that the server accepted; a Message-ID that nobody knows is a step of its own."""
    with as_owner(organisation):
        rows = OutgoingMail.objects.filter(organisation=organisation).values_list("message_id", "occasion")
        steps = {message_id: occasion.partition(":")[0] for message_id, occasion in rows if message_id}
    return [(steps.get(mail.message_id, mail.message_id), mail.recipient) for mail in sink.accepted]


def print_counts(counts: list[StepCount], *, redelivered: int, accepted: int, seconds: float) -> bool:
    for count in counts:
        print(
            f"figure: bench-month {count.step}: expected {count.expected}, once {count.once}, twice {count.twice},"
            f" missing {count.missing}, unexpected {count.unexpected}"
        )
    print(f"figure: bench-month mails accepted {accepted}, tasks handed out twice {redelivered}, {seconds:.0f} s")
    is_exact = all(count.is_exact for count in counts)
    print("Exactly one mail per person and step." if is_exact else "SHORT", flush=True)
    return is_exact
