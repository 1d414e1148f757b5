"""Employees who lost their mail ask for their link on the public page; it goes to the address on the staff list only.

The page answers everybody the same, at once: who the address belongs to is looked up afterwards, in the background,
and only a hash of what was typed travels there.
"""

import datetime
import hashlib
import hmac
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.cache import cache

from surveys.domain.mail_kinds import OWN_LINK_MAIL
from surveys.enums import CampaignState
from surveys.models import Employee, Invitation
from wpm_platform.mailing.services.outbox import PlannedMail, plan_mails
from wpm_platform.mailing.services.stops import address_hash
from wpm_platform.organisations.models import Organisation
from wpm_platform.queue import enqueue

PER_ADDRESS, PER_NETWORK, PER_EMPLOYER = 3, 60, 200
# A household or an office gets a whole one of these (RFC 6177).
IPV6_NETWORK_BITS = 64
WINDOW_SECONDS = 3600


def ask_own_link(*, organisation_id: int, address: str, network_address: str) -> bool:
    """Take in that somebody wants the link of this work address. Returns whether it is looked up.

    At most three times an hour per address, and 60 times per employer from one network: whoever makes up addresses
    shuts nobody out elsewhere. Needs no scope, and knows of no employee.
    """
    hashed = address_hash(address)
    if _asked_this_hour(f"address:{organisation_id}:{hashed}") > PER_ADDRESS:
        return False
    if _asked_this_hour(f"network:{organisation_id}:{_network(network_address)}") > PER_NETWORK:
        return False
    enqueue("surveys.send_own_links", organisation_id=organisation_id, address_hash=hashed)
    return True


def plan_own_links(*, organisation: Organisation, hashed_address: str, now: datetime.datetime) -> int:
    """Put a mail into the outbox for everybody with this address who can answer now: one per campaign, about its
    latest open week. Asked twice within a minute it is sent once; at most 200 requests an hour of an employer's
    people are answered. Returns how many."""
    people = _people_with(organisation, hashed_address)
    invitations = (
        Invitation.objects.select_related("employee")
        .filter(
            organisation=organisation,
            employee__in=people,
            campaign__state=CampaignState.RUNNING,
            withdrawn_at__isnull=True,
            week__opens_at__lte=now,
            week__closes_at__gt=now,
        )
        .order_by("employee_id", "campaign_id", "-week__monday")
        .distinct("employee_id", "campaign_id")
    )
    mails = [_mail(invitation, now=now) for invitation in invitations]
    # Only what would send something counts, or made-up addresses would use the number up.
    if not mails or _asked_this_hour(f"employer:{organisation.pk}") > PER_EMPLOYER:
        return 0
    plan_mails(organisation=organisation, mails=mails)
    enqueue("surveys.send_due_mails", organisation_id=organisation.pk)
    return len(mails)


def _people_with(organisation: Organisation, hashed_address: str) -> list[int]:
    listed = Employee.objects.filter(organisation=organisation, left_at__isnull=True).exclude(email="")
    return [
        pk
        for pk, email in listed.values_list("pk", "email").iterator()
        if hmac.compare_digest(address_hash(email), hashed_address)
    ]


def _mail(invitation: Invitation, *, now: datetime.datetime) -> PlannedMail:
    employee = invitation.employee
    return PlannedMail(
        kind=OWN_LINK_MAIL,
        occasion=f"own_link:{invitation.code}:{now:%Y%m%d%H%M}",
        reference=invitation.code,
        addressee=employee.code,
        recipient=employee.email,
        language=employee.language,
        due_at=now,
    )


def _network(address: str) -> str:
    """The network that an address belongs to: one of IPv4 stands for itself."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ip_network((found, IPV6_NETWORK_BITS), strict=False))


def _asked_this_hour(name: str) -> int:
    """How often this was counted since the first time, less than an hour ago; this time included."""
    key = "own-link:" + hmac.new(settings.LINK_KEY.encode(), name.encode(), hashlib.sha256).hexdigest()
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return int(cache.incr(key))
    except ValueError:
        # The hour ended between these two lines.
        cache.set(key, 1, WINDOW_SECONDS)
        return 1
