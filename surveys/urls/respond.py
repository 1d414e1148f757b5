"""The employee's addresses: the personal link, and the pages behind it that carry no secret."""

import datetime

from django.urls import path, register_converter

from surveys.views.respond import (
    check,
    day,
    facts,
    follow_up,
    link,
    other_site,
    own_answers,
    reads,
    receipt,
    result,
    stop,
    vehicle,
    week,
    whole_week,
)


class DateConverter:
    """2026-03-09; anything that is no date does not match."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> datetime.date:
        return datetime.date.fromisoformat(value)

    def to_url(self, value: datetime.date) -> str:
        return value.isoformat()


register_converter(DateConverter, "date")

urlpatterns = [
    # The first that is tried, as most visits are to it.
    path("answer/day/<date:date>/", day.day, name="answer_day"),
    path("r/<str:token>/", link.link, name="respond_link"),
    path("r/<str:token>/stop/", stop.stop, name="respond_stop"),
    path("r/<str:token>/reads/", reads.link_reads, name="respond_reads"),
    path("r/<str:token>/result/", result.link_result, name="respond_result"),
    path("r/<str:token>/usual/", follow_up.link_follow_up, name="respond_follow_up"),
    path("answer/reads/", reads.answer_reads, name="answer_reads"),
    path("answer/result/", result.answer_result, name="answer_result"),
    path("r/<str:token>/answers/", own_answers.link_answers, name="respond_answers"),
    path("answer/own/", own_answers.own_answers, name="answer_own"),
    path("answer/", receipt.start, name="answer_start"),
    path("answer/facts/", facts.facts, name="answer_facts"),
    path("answer/facts/change/", facts.facts_change, name="answer_facts_change"),
    path("answer/week/", whole_week.whole_week, name="answer_whole_week"),
    path("answer/day/<date:date>/other-site/", other_site.other_site, name="answer_other_site"),
    path("answer/vehicle/<slug:mode>/fuel/", vehicle.fuel, name="answer_fuel"),
    path("answer/vehicle/<slug:mode>/provider/", vehicle.provider, name="answer_provider"),
    path("answer/weekend/", week.weekend, name="answer_weekend"),
    path("answer/normal-week/", week.normal_week, name="answer_normal_week"),
    path("answer/normal-week/weekend/", week.normal_weekend, name="answer_normal_weekend"),
    path("answer/normal-week/<date:date>/", day.normal_day, name="answer_normal_day"),
    path("answer/normal-week/<date:date>/other-site/", other_site.normal_other_site, name="answer_normal_other_site"),
    path("answer/check/", check.check, name="answer_check"),
    path("answer/receipt/", receipt.receipt, name="answer_receipt"),
    path("answer/delete/", receipt.delete, name="answer_delete"),
    path("answer/deleted/", receipt.deleted, name="answer_deleted"),
]
