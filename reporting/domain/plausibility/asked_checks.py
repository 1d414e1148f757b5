"""Whether those who were asked can stand for everybody."""

from collections.abc import Iterator
from dataclasses import dataclass

from reporting.domain.plausibility.finding import Check, Finding
from reporting.domain.rvo import RvoBlock


@dataclass(frozen=True, kw_only=True)
class AskedSome:
    """A survey among joiners, with or without a lot beside them. staff: who could have been asked."""

    asked: int
    staff: int


def asked_some(asked: AskedSome | None) -> Iterator[Finding]:
    """The guidance multiplies answers by the headcount. That is honest for everybody and for a lot over everybody, and
    not for people who were asked because they are new."""
    if asked is not None:
        yield Finding(
            check=Check.ASKED_SOME,
            block=RvoBlock.COMMUTE,
            figures={"asked": str(asked.asked), "staff": str(asked.staff)},
        )
