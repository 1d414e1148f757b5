"""What every expected refusal of this app has in common."""

from typing import ClassVar

from django.utils.functional import Promise


class Refused(Exception):
    """The request cannot be carried out; `sentence` tells the person what is so and what to do."""

    sentence: ClassVar[Promise | str] = ""

    def __str__(self) -> str:
        return str(self.sentence)
