"""The distance that a page put into the field, remembered until the answer comes back."""

from dataclasses import dataclass

_BETWEEN = "|"


@dataclass(frozen=True, kw_only=True)
class ShownDistance:
    """What was shown, and for which place: the site's code and the home postcode as typed ("" when it was not asked).

    It travels through the page, so anybody can change it; it only says what changed, and is never a reason to believe
    a source that we would not give ourselves.
    """

    site: str
    home_postcode: str
    metres: int
    source: str

    def written(self) -> str:
        return _BETWEEN.join((self.site, self.home_postcode, str(self.metres), self.source))

    def is_for(self, *, site: str, home_postcode: str) -> bool:
        return (self.site, self.home_postcode) == (site, home_postcode)


def read_shown(text: str) -> ShownDistance | None:
    """What `written` wrote; None for anything else."""
    parts = text.split(_BETWEEN)
    if len(parts) != 4 or not (parts[2].isascii() and parts[2].isdigit() and len(parts[2]) < 8):
        return None
    return ShownDistance(site=parts[0], home_postcode=parts[1], metres=int(parts[2]), source=parts[3])
