"""What the API shows of staff and campaigns; the OpenAPI document follows from these."""

from typing import Any

from rest_framework import serializers

from surveys.domain.staff_file import LANGUAGES
from surveys.enums import CampaignKind, CampaignState, ContractKind

MOST_ROWS = 1000


class StaffRowSerializer(serializers.Serializer[Any]):
    """A person to add or change. A field that is left out keeps its value; null or "" empties it."""

    staff_number = serializers.CharField(max_length=40, help_text="Unique in your organisation; leading zeros count.")
    email = serializers.CharField(max_length=254, allow_blank=True, allow_null=True, help_text="Work address.")
    site = serializers.CharField(max_length=120, help_text="Name of the place of work; an unknown one is made.")
    kvk_number = serializers.CharField(required=False, allow_blank=True, allow_null=True, help_text="Eight digits.")
    language = serializers.CharField(required=False, allow_blank=True, allow_null=True, help_text=", ".join(LANGUAGES))
    department = serializers.CharField(required=False, max_length=120, allow_blank=True, allow_null=True)
    function = serializers.CharField(required=False, max_length=120, allow_blank=True, allow_null=True)
    home_postcode = serializers.CharField(required=False, allow_blank=True, allow_null=True, help_text="1234AB")
    monthly_hours = serializers.FloatField(required=False, allow_null=True, help_text="Paid hours a month, 0 to 320.")
    weekly_hours = serializers.FloatField(required=False, allow_null=True, help_text="Instead of hours a month.")
    contract_kind = serializers.CharField(
        required=False, allow_blank=True, allow_null=True, help_text=", ".join(ContractKind.values)
    )
    employed_from = serializers.CharField(required=False, allow_blank=True, allow_null=True, help_text="2026-12-31")
    employed_until = serializers.CharField(
        required=False, allow_blank=True, allow_null=True, help_text="The last day, as 2026-12-31."
    )
    days_per_week = serializers.FloatField(required=False, allow_null=True, help_text="0 to 7.")
    work_pattern = serializers.CharField(
        required=False,
        max_length=80,
        allow_blank=True,
        allow_null=True,
        help_text="Name of a work pattern, or fixed days such as “mon tue thu”; the latter is made when it is unknown.",
    )
    is_on_leave = serializers.BooleanField(required=False, allow_null=True)
    leave_until = serializers.CharField(
        required=False,
        allow_blank=True,
        allow_null=True,
        help_text="The last day of leave, as 2026-12-31; null for until further notice. Alone it means on leave.",
    )
    has_mobility_provision = serializers.BooleanField(required=False, allow_null=True)
    has_fixed_workplace = serializers.BooleanField(required=False, allow_null=True)
    name = serializers.CharField(
        required=False, max_length=120, allow_blank=True, allow_null=True, help_text="Only if your settings keep names."
    )
    birth_year = serializers.IntegerField(
        required=False, allow_null=True, help_text="Only if your settings keep birth years."
    )


class StaffBatchSerializer(serializers.Serializer[Any]):
    rows = serializers.ListField(child=StaffRowSerializer(), min_length=1, max_length=MOST_ROWS)


class StaffOutcomeSerializer(serializers.Serializer[Any]):
    """How many people were added, changed, welcomed back, or were the same already."""

    new = serializers.IntegerField()
    changed = serializers.IntegerField()
    rejoined = serializers.IntegerField()
    unchanged = serializers.IntegerField()


class EmployeeSerializer(serializers.Serializer[Any]):
    """A person on the staff list. name and birth_year are empty unless the organisation keeps them."""

    code = serializers.UUIDField()
    staff_number = serializers.CharField()
    kvk_number = serializers.CharField(source="legal_entity.kvk_number")
    site = serializers.CharField(source="site.name")
    name = serializers.CharField(allow_blank=True)
    birth_year = serializers.IntegerField(allow_null=True)
    email = serializers.CharField(allow_blank=True)
    language = serializers.CharField()
    department = serializers.CharField(allow_blank=True)
    function = serializers.CharField(allow_blank=True)
    home_postcode = serializers.CharField(allow_blank=True)
    monthly_hours = serializers.FloatField(allow_null=True)
    contract_kind = serializers.CharField(allow_blank=True)
    employed_from = serializers.DateField(allow_null=True)
    employed_until = serializers.DateField(allow_null=True)
    days_per_week = serializers.FloatField(allow_null=True)
    work_pattern = serializers.CharField(source="work_pattern.name", default="", allow_blank=True)
    is_on_leave = serializers.BooleanField()
    leave_until = serializers.DateField(allow_null=True)
    has_mobility_provision = serializers.BooleanField(allow_null=True)
    has_fixed_workplace = serializers.BooleanField()
    left_at = serializers.DateTimeField(allow_null=True)


class StaffPageSerializer(serializers.Serializer[Any]):
    items = EmployeeSerializer(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class WeekSerializer(serializers.Serializer[Any]):
    monday = serializers.DateField()
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()


class CampaignSerializer(serializers.Serializer[Any]):
    code = serializers.UUIDField()
    name = serializers.CharField()
    reporting_year = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=CampaignKind.choices)
    state = serializers.ChoiceField(choices=CampaignState.choices)
    started_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    weeks = WeekSerializer(many=True, source="weeks.all")


class CampaignPageSerializer(serializers.Serializer[Any]):
    items = CampaignSerializer(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class GroupSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(allow_blank=True)
    people = serializers.IntegerField()
    invited = serializers.IntegerField()
    answered = serializers.IntegerField()


class ShieldedSerializer(serializers.Serializer[Any]):
    """Groups of five people and more; the smaller ones, and as many as it takes to hide them, together as `rest`."""

    shown = GroupSerializer(many=True)
    rest = GroupSerializer(allow_null=True)
    hidden_groups = serializers.IntegerField()


class ResponseCountsSerializer(serializers.Serializer[Any]):
    """people: different persons. While a campaign is open, answers per group are rounded down to fives."""

    people = serializers.IntegerField()
    invited = serializers.IntegerField()
    answered = serializers.IntegerField()
    percentage = serializers.IntegerField(allow_null=True)
    has_exact_groups = serializers.BooleanField()
    sites = ShieldedSerializer()
    departments = ShieldedSerializer()
