"""The code on a slip of paper: four characters to look it up by and four that are secret, written "ABCD-EFGH".

Of characters that are taken for each other in print or by hand one at most is used (not 0 O Q, 1 I L, U V Y; 2 and not
Z, 4 and not A, 5 and not S, 6 and not G, 8 and not B), and no vowel, so that no code spells a word. 21 characters give
194 481 look-up parts, and as many secrets to each.
"""

import secrets
from collections.abc import Container
from dataclasses import dataclass

ALPHABET = "23456789CDFHJKMNPRTWX"
PART_LENGTH = 4
# Letters that never stand on a slip, and the digit that was read as one.
MISREAD = str.maketrans("ZASGB", "24568")
SEPARATORS = str.maketrans("", "", " \t\r\n\u00a0\u200b-\u2010\u2011\u2012\u2013\u2014_.:/")


@dataclass(frozen=True, kw_only=True)
class CodeText:
    """A code as it stands on a slip; in the clear it is kept nowhere."""

    lookup: str
    secret: str

    def __str__(self) -> str:
        return f"{self.lookup}-{self.secret}"


def new_code(*, taken: Container[str] = ()) -> CodeText:
    """A random code whose look-up part is not among `taken`."""
    lookup = _random_part()
    while lookup in taken:
        lookup = _random_part()
    return CodeText(lookup=lookup, secret=_random_part())


def typed_code(text: str) -> CodeText | None:
    """What somebody typed, however it is grouped and in small letters or capitals; None when it cannot be a code."""
    plain = text.translate(SEPARATORS).upper().translate(MISREAD)
    if len(plain) != 2 * PART_LENGTH or any(character not in ALPHABET for character in plain):
        return None
    return CodeText(lookup=plain[:PART_LENGTH], secret=plain[PART_LENGTH:])


def _random_part() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(PART_LENGTH))
