"""The addresses that a survey mail shows, and what lets a mail program stop the reminders."""

from dataclasses import dataclass

from django.conf import settings

from surveys.domain.personal_link import personal_token
from surveys.models import Invitation
from wpm_platform.organisations.models import Organisation

# No personal link: it opens the page that explains that a link does not work.
SAMPLE_LINK = "voorbeeld"


@dataclass(frozen=True, kw_only=True)
class Links:
    """secret: the part that the kept copy of the mail must not hold."""

    answer: str
    stop: str
    secret: str = ""


def personal_links(invitation: Invitation) -> Links:
    """The invitation's own links, made again from its code."""
    token = personal_token(code=invitation.code, version=invitation.link_number, key=settings.LINK_KEY)
    return _links(token, secret=token)


def sample_links() -> Links:
    """Links for a preview or test mail; nobody can answer with them."""
    return _links(SAMPLE_LINK, secret="")


def stop_headers(links: Links) -> dict[str, str]:
    """What lets a mail program offer to stop the reminders, by one POST and nothing else (RFC 2369, RFC 8058)."""
    return {"List-Unsubscribe": f"<{links.stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def employer_address(organisation: Organisation) -> str:
    """The public page on which employees can check whether a mail is real."""
    return f"{settings.BASE_URL}/e/{organisation.slug}/"


def _links(token: str, *, secret: str) -> Links:
    answer = f"{settings.BASE_URL}/r/{token}/"
    return Links(answer=answer, stop=f"{answer}stop/", secret=secret)
