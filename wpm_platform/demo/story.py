"""The demo from beginning to end, said as it goes."""

import os
import random
import secrets
from collections.abc import Callable
from pathlib import Path

from django.utils import translation

from surveys.domain.mail_kinds import ANNOUNCEMENT_MAIL, INVITATION_MAIL, REMINDER_MAIL, THANKS_MAIL
from wpm_platform import clock
from wpm_platform.demo.answering import WeekOnPaper, answer_weeks
from wpm_platform.demo.mail_folder import received_mails
from wpm_platform.demo.main_job import (
    Employer,
    compute_report,
    found_employer,
    freeze_with_business_travel,
    import_staff,
    invited_count,
    let_time_pass_until,
    start_survey,
    wait_for_mails,
    write_exports,
)
from wpm_platform.demo.report_table import report_table
from wpm_platform.demo.site import running_site
from wpm_platform.demo.staff import Traveller, write_staff_file

SEED = 2026
RESPONSE = 0.7
ANSWERED_BEFORE_REMINDER = 0.5
HR_EMAIL = "personeelszaken@fietsfabriek.example"
Say = Callable[[str], None]


def tell(*, folder: Path, port: int, serves: bool, say: Say) -> None:
    """Do the main job on a made-up employer and print what comes of it; with `serves`, go on serving the site."""
    translation.activate("nl")
    chance = random.Random(SEED)  # noqa: S311 (made-up people, not secrets)
    password = secrets.token_urlsafe(12)
    with running_site(environment=os.environ, folder=folder, port=port) as site:
        employer = found_employer(
            name="Voorbeeld Fietsfabriek B.V.",
            slug="fietsfabriek",
            kvk_number="90000001",
            email=HR_EMAIL,
            password=password,
        )
        staff_file = folder / "personeel.xlsx"
        travellers = write_staff_file(staff_file, seed=SEED, today=clock.today())
        outcome = import_staff(employer, staff_file)
        say(f"Staff file imported: {outcome['counts']['new']} new people from {staff_file}")
        campaign = start_survey(employer, name="Reisweek")
        invited = invited_count(employer, campaign)
        let_time_pass_until(employer, campaign, kind="announcement")
        announced = wait_for_mails(employer, kind=ANNOUNCEMENT_MAIL, count=invited)
        say(f"Campaign started: {announced} announcements without a link in {folder / 'mail'}")
        days = let_time_pass_until(employer, campaign, kind="invitation")
        wait_for_mails(employer, kind=INVITATION_MAIL, count=invited)
        say(f"{_days(days)} later: {invited} invitations")

        weeks = _weeks_on_paper(folder, travellers, chance)
        answering = weeks[: round(len(weeks) * RESPONSE)]
        first = answer_weeks(answering[: round(len(weeks) * ANSWERED_BEFORE_REMINDER)])
        say(f"{first} people answered on the site")
        days = let_time_pass_until(employer, campaign, kind="reminder", number=1)
        reminded = wait_for_mails(employer, kind=REMINDER_MAIL, count=invited - first)
        say(f"{_days(days)} later: {reminded} reminders, to those who had not answered")
        first += answer_weeks(answering[first:])
        say(f"{first} of {invited} people answered ({first / invited:.0%})")

        draft = compute_report(employer, campaign)
        let_time_pass_until(employer, campaign, kind="thanks")
        thanked = wait_for_mails(employer, kind=THANKS_MAIL, count=first)
        say(f"Survey closed; the next working day {thanked} people were thanked")
        version = freeze_with_business_travel(employer, draft)
        paths = write_exports(employer, version, folder)
        say(f"Report {version.report.reporting_year} computed and frozen\n")
        say(report_table(employer.organisation, version))
        say("\nFiles:\n" + "\n".join(f"  {path}" for path in paths))
        say(f"\nLog in as HR: http://127.0.0.1:{port}/account/login/  {HR_EMAIL}  {password}")
        say("Answer as an employee, in a second survey that is open:")
        for link in _open_links(employer, folder, invited=invited):
            say(f"  {link}")
        if serves:
            say(f"\nServing http://127.0.0.1:{port}; Ctrl-C stops.")
            name, exit_code = site.wait()
            raise RuntimeError(f"{name} ended with exit code {exit_code}; see {site.log(name)}")


def _days(number: int) -> str:
    return "A day" if number == 1 else f"{number} days"


def _weeks_on_paper(folder: Path, travellers: list[Traveller], chance: random.Random) -> list[WeekOnPaper]:
    """Who was mailed, in a random but repeatable order, with the week that they are going to answer."""
    by_email = {traveller.email: traveller for traveller in travellers}
    links = {mail.recipient: mail.personal_link for mail in received_mails(folder / "mail") if mail.personal_link}
    weeks = [
        WeekOnPaper(
            link=link,
            one_way_km=str(by_email[email].one_way_km).replace(".", ","),
            days=by_email[email].week,
            fuel=by_email[email].fuel,
            is_employer_provided=by_email[email].is_employer_provided,
        )
        for email, link in sorted(links.items())
    ]
    chance.shuffle(weeks)
    return weeks


def _open_links(employer: Employer, folder: Path, *, invited: int) -> list[str]:
    """Two links of a second survey, which stays open to look around in."""
    earlier = {mail.message_id for mail in received_mails(folder / "mail")}
    # With reminders, somebody would get more mails this year than the employer promised.
    campaign = start_survey(employer, name="Reisweek om zelf te proberen", has_reminders=False)
    let_time_pass_until(employer, campaign, kind="invitation")
    wait_for_mails(employer, kind=INVITATION_MAIL, count=2 * invited)
    return [mail.personal_link for mail in received_mails(folder / "mail") if mail.message_id not in earlier][:2]
