"""Counts about a campaign that stand beside the figures: as kept when its rows about persons went, else as they are."""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet

from reporting.models import KeptSurvey
from surveys.domain.small_groups import GroupCount
from surveys.models import Campaign, Invitation, PopulationMember
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.organisations.models import LegalEntity, Organisation
from wpm_platform.scoping import Role, organisation_scope


@dataclass(frozen=True, kw_only=True)
class SurveyFacts:
    """Of one legal entity: people invited and people who answered at least once, people left out per reason, invited
    people per site, and those of the other legal entities, mails per kind and state. Not shielded yet.
    """

    invited: int
    answered: int
    left_out: dict[str, int]
    sites: list[GroupCount]
    elsewhere: list[GroupCount]
    mails: list[dict[str, Any]]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def facts_from_json(document: dict[str, Any]) -> SurveyFacts:
    groups = {name: [GroupCount(**row) for row in document[name]] for name in ("sites", "elsewhere")}
    return SurveyFacts(**{**document, **groups})


def kept_survey(*, organisation: Organisation, campaign: Campaign, legal_entity: LegalEntity) -> KeptSurvey | None:
    """What was kept before answers were deleted; None while they are all there."""
    with organisation_scope(organisation, role=Role.REPORTING):
        found: KeptSurvey | None = KeptSurvey.objects.filter(
            organisation=organisation, campaign=campaign, legal_entity=legal_entity
        ).first()
    return found


def survey_facts(*, organisation: Organisation, campaign: Campaign, legal_entity: LegalEntity) -> SurveyFacts:
    kept = kept_survey(organisation=organisation, campaign=campaign, legal_entity=legal_entity)
    if kept is not None and kept.facts is not None:
        return facts_from_json(kept.facts)
    return live_facts(organisation=organisation, campaign=campaign, legal_entity=legal_entity)


def live_facts(*, organisation: Organisation, campaign: Campaign, legal_entity: LegalEntity) -> SurveyFacts:
    """The same from the rows about persons."""
    members = PopulationMember.objects.filter(organisation=organisation, campaign=campaign)
    own, others = members.filter(legal_entity=legal_entity), members.exclude(legal_entity=legal_entity)
    invited, answered = people_counts(campaign=campaign, members=own)
    return SurveyFacts(
        invited=invited,
        answered=answered,
        left_out=dict(Counter(own.filter(is_invited=False).values_list("exclusion_reason", flat=True))),
        sites=_sites(own, campaign),
        elsewhere=_sites(others, campaign),
        mails=_mails(organisation=organisation, campaign=campaign, members=own),
    )


def survey_people(*, organisation: Organisation, campaign: Campaign, legal_entity: LegalEntity) -> tuple[int, int]:
    """People of a legal entity that were invited, and those who answered at least once."""
    members = PopulationMember.objects.filter(organisation=organisation, campaign=campaign, legal_entity=legal_entity)
    invited, answered = people_counts(campaign=campaign, members=members)
    if not invited:
        kept = kept_survey(organisation=organisation, campaign=campaign, legal_entity=legal_entity)
        if kept is not None and kept.facts is not None:
            return kept.facts["invited"], kept.facts["answered"]
    return invited, answered


def people_counts(*, campaign: Campaign, members: QuerySet[PopulationMember]) -> tuple[int, int]:
    """People invited and people who answered at least once, in one query."""
    rows = members.filter(is_invited=True).annotate(has_answered=_has_answered(campaign)).order_by()
    counts = {row["has_answered"]: row["n"] for row in rows.values("has_answered").annotate(n=Count("pk"))}
    answered = counts.get(True, 0)
    return answered + counts.get(False, 0), answered


def _has_answered(campaign: Campaign) -> Exists:
    return Exists(
        Invitation.objects.filter(campaign=campaign, employee=OuterRef("employee"), answered_at__isnull=False)
    )


def _sites(members: QuerySet[PopulationMember], campaign: Campaign) -> list[GroupCount]:
    """Invited people per legal entity and site."""
    rows = (
        members.filter(is_invited=True)
        .annotate(has_answered=_has_answered(campaign), site_name=F("site__name"))
        .order_by()
        .values("legal_entity_id", "site_id", "site_name", "has_answered")
        .annotate(n=Count("pk"))
    )
    people: Counter[tuple[int, int, str]] = Counter()
    answers: Counter[tuple[int, int, str]] = Counter()
    for row in rows:
        place = (row["legal_entity_id"], row["site_id"], row["site_name"])
        people[place] += row["n"]
        answers[place] += row["n"] if row["has_answered"] else 0
    return [
        GroupCount(name=place[2], people=people[place], invited=people[place], answered=answers[place])
        for place in sorted(people)
    ]


def _mails(
    *, organisation: Organisation, campaign: Campaign, members: QuerySet[PopulationMember]
) -> list[dict[str, Any]]:
    """Mails per kind and what became of them, of the legal entity's people."""
    invitations = Invitation.objects.filter(
        organisation=organisation, campaign=campaign, employee__in=members.values("employee")
    )
    rows = (
        OutgoingMail.objects.filter(organisation=organisation, reference__in=invitations.values("code"))
        .order_by("kind", "state")
        .values("kind", "state")
        .annotate(mails=Count("pk"))
    )
    return [{"kind": row["kind"].rpartition(".")[2], "state": row["state"], "mails": row["mails"]} for row in rows]
