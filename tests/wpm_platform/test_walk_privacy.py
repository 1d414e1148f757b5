"""Every field of every table has a class in docs/privacy.md."""

import re
from pathlib import Path

from django.apps import apps
from django.conf import settings

DOCUMENT = (Path(settings.BASE_DIR) / "docs" / "privacy.md").read_text(encoding="utf-8")
ANSWERS = {"surveys.TravelProfile", "surveys.VehicleFacts", "surveys.Response", "surveys.DayAnswer"}
ANSWERS |= {"surveys.ForgetRequest", "surveys.FollowUpAnswer"}


def classes():
    """The classes that the document explains."""
    explained = DOCUMENT.split("## Classes")[1].split("## Rules")[0]
    return set(re.findall(r"^\| (\w+) \|", explained, re.MULTILINE)) - {"class"}


def classified():
    """(model, field, class) as the document says."""
    found = []
    for section in DOCUMENT.split("## Every field")[1].split("### ")[1:]:
        model = section.split("\n", 1)[0].strip()
        for name, fields in re.findall(r"^\| (\w+) \| (`.*`) \|$", section, re.MULTILINE):
            found += [(model, field, name) for field in re.findall(r"`(\w+)`", fields)]
    return found


def test_every_field_has_one_class_and_no_field_is_made_up():
    stored = sorted(
        (model._meta.label, field.name) for model in apps.get_models() for field in model._meta.concrete_fields
    )
    assert sorted((model, field) for model, field, _ in classified()) == stored


def test_every_class_is_explained():
    assert {name for _, _, name in classified()} == classes()


def test_what_employees_answered_is_all_in_the_class_that_hr_cannot_read():
    assert {model for model, _, name in classified() if name == "answer"} == ANSWERS
    for model in ANSWERS:
        assert apps.get_model(model).row_access.hr == ""


def test_accounts_and_secrets_are_not_called_harmless():
    telling = re.compile(r"email|name$|postcode|secret|password|user$|ip$|birth_year$|_by$")
    harmless = {(model, field) for model, field, name in classified() if name == "none" and telling.search(field)}
    assert harmless == {
        ("organisations.Organisation", "name"),
        ("organisations.LegalEntity", "name"),
        ("organisations.Site", "name"),
        ("organisations.Site", "postcode"),
        ("organisations.ApiKey", "name"),
        ("surveys.Campaign", "name"),
        ("surveys.PaperList", "name"),
        ("surveys.PostcodePlace", "postcode"),
        ("reporting.ParameterOverride", "name"),
        ("auth.Permission", "name"),
        ("auth.Permission", "codename"),
        ("auth.Group", "name"),
    }
