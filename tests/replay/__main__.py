"""`python -m tests.replay FILE`: a real survey through import, mail, answers over HTTP and the report.

Prints the product's figures beside an independent calculation and exits 1 unless all are equal.
"""

import os
import secrets
import sys
from pathlib import Path

import django

from tests.replay.independent import annual_kilometres
from tests.replay.survey_file import Survey, SurveyFileUnusable, read_largest_employer
from wpm_platform.demo.preparation import prepare
from wpm_platform.devservices.folders import PROJECT

FOLDER = PROJECT / ".run" / "replay"
DEFAULT_PORT = 8010


def main() -> int:
    if len(sys.argv) != 2:
        print("Name the survey: make replay DATA=FILE")
        return 2
    try:
        survey = read_largest_employer(Path(sys.argv[1]))
    except (OSError, SurveyFileUnusable) as problem:
        print(f"{sys.argv[1]} cannot be used: {problem}")
        return 2
    port = int(os.environ.get("REPLAY_PORT", DEFAULT_PORT))
    os.environ.update(prepare(name="wpm_replay", folder=FOLDER, port=port))
    django.setup()
    # Only now may models be imported.
    from tests.replay.replaying import replay

    print(f"Largest employer: {survey.employer}, {len(survey.people)} people.")
    print(f"Fractional days rounded by the largest remainder in {survey.rounded_rows} rows; distances to 0.1 km.")
    print("The survey knows no fuel and no postcode: every car is answered as petrol.")
    figures = replay(survey, folder=FOLDER, port=port, password=secrets.token_urlsafe(12))
    return 0 if _print_side_by_side(survey, figures) else 1


def _print_side_by_side(survey: Survey, figures: dict[str, int]) -> bool:
    expected = annual_kilometres(survey.people, employees=len(survey.people))
    print(f"\n{'line':<22}{'report (km)':>14}{'independent':>14}{'difference':>12}")
    for line, kilometres in figures.items():
        other = expected.get(line, 0)
        print(f"{line:<22}{kilometres:>14}{other:>14}{kilometres - other:>12}")
    is_equal = all(kilometres == expected.get(line, 0) for line, kilometres in figures.items())
    print("\nEqual to the kilometre." if is_equal else "\nNOT equal.")
    return is_equal


if __name__ == "__main__":
    sys.exit(main())
