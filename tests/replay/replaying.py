"""Feeds one employer's survey through the running site."""

import os
from pathlib import Path

import openpyxl

from reporting.domain.rvo import RvoBlock
from reporting.selectors.versions import stored_matrix
from tests.replay.survey_file import DAY_KINDS, DAYS_IN_WEEK, Person, Survey
from wpm_platform.demo.answering import WeekOnPaper, answer_weeks
from wpm_platform.demo.mail_folder import received_mails
from wpm_platform.demo.main_job import (
    compute_report,
    found_employer,
    import_staff,
    invited_count,
    let_time_pass_until,
    start_survey,
    wait_for_mails,
)
from wpm_platform.demo.site import running_site
from wpm_platform.scoping import organisation_scope


def replay(survey: Survey, *, folder: Path, port: int, password: str) -> dict[str, int]:
    """The commuting kilometres of the report by line, after everybody has answered."""
    with running_site(environment=os.environ, folder=folder, port=port):
        employer = found_employer(
            name="Voorbeeld Meting B.V.",
            slug="meting",
            kvk_number="90000002",
            email="hr@meting.example",
            password=password,
        )
        staff_file = folder / "staff.xlsx"
        _write_staff_file(staff_file, survey)
        import_staff(employer, staff_file)
        campaign = start_survey(employer, name="Replay")
        let_time_pass_until(employer, campaign, kind="invitation")
        wait_for_mails(employer, kind="surveys.invitation", count=invited_count(employer, campaign))
        print(f"{answer_weeks(_weeks(survey, folder))} people answered over HTTP.")
        version = compute_report(employer, campaign)
    with organisation_scope(employer.organisation):
        cells = stored_matrix(version).block(RvoBlock.COMMUTE)
    return {str(cell.line): int(cell.value or 0) for cell in cells}


def _write_staff_file(path: Path, survey: Survey) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Staff")
    sheet.append(["Staff number", "Work e-mail", "Site"])
    for person in survey.people:
        sheet.append([f"{person.number:05d}", _email(person), "Main site"])
    book.save(path)


def _weeks(survey: Survey, folder: Path) -> list[WeekOnPaper]:
    links = {mail.recipient: mail.personal_link for mail in received_mails(folder / "mail")}
    return [
        WeekOnPaper(
            link=links[_email(person)],
            one_way_km=f"{person.one_way_metres / 1000:.1f}",
            days=_days(person),
        )
        for person in survey.people
    ]


def _days(person: Person) -> tuple[str, ...]:
    """Days in the order of the kinds, then free days; five of them, or seven for who works more."""
    worked = [kind for kind in DAY_KINDS for _ in range(person.days[kind])]
    length = 5 if len(worked) <= 5 else DAYS_IN_WEEK
    return tuple(worked + ["not_worked"] * (length - len(worked)))


def _email(person: Person) -> str:
    return f"person{person.number:05d}@meting.example"
