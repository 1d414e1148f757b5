"""What a file can be about: one of the blocks 1 to 3, or commuting by one of the two methods that have files."""

from enum import StrEnum

from reporting.domain.commute_method import CommuteMethod
from reporting.domain.rvo import RvoBlock


class FileSubject(StrEnum):
    FLEET = "fleet"
    MOBILITY_SERVICE = "mobility_service"
    EXPENSE_CLAIM = "expense_claim"
    RHYTHMS = "rhythms"
    COMMUTE_REGISTRATION = "commute_registration"

    @property
    def block(self) -> RvoBlock:
        """The block of the form that the figures are for."""
        return RvoBlock.COMMUTE if self.method else RvoBlock[self.name]

    @property
    def is_commute(self) -> bool:
        return self.method is not None

    @property
    def method(self) -> CommuteMethod | None:
        """The method that a file about commuting belongs to."""
        return _METHODS.get(self)


_METHODS = {
    FileSubject.RHYTHMS: CommuteMethod.STANDARD_DAYS,
    FileSubject.COMMUTE_REGISTRATION: CommuteMethod.TRIP_REGISTRATION,
}


def subject_of(*, block: RvoBlock, method: str = "") -> FileSubject:
    """The subject of a stored file. Raises `StopIteration` for a pair that no file can have."""
    return next(subject for subject in FileSubject if subject.block is block and (subject.method or "") == method)
