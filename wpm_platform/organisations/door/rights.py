"""How a console view says which right it needs."""

from collections.abc import Callable
from typing import TypeVar

from wpm_platform.organisations.permissions import Right

View = TypeVar("View", bound=Callable[..., object])


def needs(right: Right) -> Callable[[View], View]:
    """Mark a console view with the right that its visitor must hold; the door checks it."""

    def mark(view: View) -> View:
        view.right = right  # type: ignore[attr-defined]
        return view

    return mark
