"""Opens an invitation with the code on a slip of paper. Needs no scope: the employer is known, the person not yet."""

from uuid import UUID

from surveys.domain.paper_code import typed_code
from surveys.services.paper_attempts import NO_LIST, check_attempt, count_mistake
from surveys.services.paper_secrets import is_right_secret
from wpm_platform.scoping import call_system_function


class NoCode(Exception):
    """What was typed cannot be a code: not eight characters, or one that no code has. Counts as nothing."""


class WrongCode(Exception):
    """No such code: mistyped, made up, replaced by a newer slip, or another employer's."""


def open_with_code(*, organisation_id: int, text: str, address: str) -> UUID:
    """The code of the invitation that a slip stands for.

    text: as it was typed. address: the network address of the visitor. Raises `NoCode`, `WrongCode` or
    `TooManyAttempts`. An unknown code takes as long as a known one with a wrong secret.
    """
    code = typed_code(text)
    if code is None:
        raise NoCode
    rows = call_system_function("paper_code", organisation_id, code.lookup)
    list_id: int = rows[0]["paper_list_id"] if rows else NO_LIST
    check_attempt(organisation_id=organisation_id, list_id=list_id, address=address)
    is_right = is_right_secret(code.secret, hashed=rows[0]["secret_hash"] if rows else None)
    if not rows or not is_right:
        count_mistake(organisation_id=organisation_id, list_id=list_id, address=address)
        raise WrongCode
    invitation_code: UUID = rows[0]["invitation_code"]
    return invitation_code
