"""How many answered, and how much that says: the margin of a yes/no share, never a reason to block a report."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from reporting.domain.parameters import Parameters
from reporting.domain.sample_size import reached_margin, required_answers
from reporting.selectors.survey_facts import survey_people
from surveys.models import Campaign
from wpm_platform.organisations.models import LegalEntity, Organisation


@dataclass(frozen=True, kw_only=True)
class ResponseFigures:
    """The response of one legal entity. margins are shares (0.02 = 2 points either way), confidence too.

    population: what the sample is drawn from, by the setting `sample_basis`. reached: None without answers.
    """

    invited: int
    answered: int
    population: int
    required: int
    wanted_margin: Decimal
    confidence: Decimal
    reached: Decimal | None

    @property
    def is_enough(self) -> bool:
        return self.answered >= self.required

    @property
    def reached_points(self) -> Decimal | None:
        """The reached margin in points of a hundred, rounded up to one decimal: never flattered."""
        if self.reached is None:
            return None
        return (self.reached * 100).quantize(Decimal("0.1"), rounding=ROUND_CEILING)

    @property
    def wanted_points(self) -> Decimal:
        return self.wanted_margin * 100

    @property
    def confidence_points(self) -> Decimal:
        return self.confidence * 100

    @property
    def percentage(self) -> int | None:
        return self.answered * 100 // self.invited if self.invited else None


def response_figures(
    *,
    organisation: Organisation,
    campaign: Campaign,
    legal_entity: LegalEntity,
    headcount: int,
    parameters: Parameters,
) -> ResponseFigures:
    """People invited and people who answered at least once; the margin from the parameters."""
    invited, answered = survey_people(organisation=organisation, campaign=campaign, legal_entity=legal_entity)
    population = headcount if parameters.text("sample_basis") == "headcount" else invited
    margin, z = parameters.decimal("sample_margin"), parameters.decimal("sample_z")
    return ResponseFigures(
        invited=invited,
        answered=answered,
        population=population,
        required=required_answers(population=population, margin=margin, z=z),
        wanted_margin=margin,
        confidence=parameters.decimal("sample_confidence"),
        # More answers than the headcount (people who left since): everybody there is has answered.
        reached=reached_margin(answers=min(answered, population), population=population, z=z),
    )
