"""Looks up what the public DNS says about the sender. Never raises and never takes long: mail leaves all the same."""

import ipaddress
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

import dns.exception
import dns.resolver
from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError

from wpm_platform.mailing.domain.sender_check import (
    Check,
    Records,
    Verdict,
    dkim_check,
    dkim_place,
    dmarc_check,
    dmarc_domains,
    is_reserved,
    overall,
    spf_check,
)

# Seconds for one question, other servers tried included.
PATIENCE = 1.5
KEPT_SECONDS = {Verdict.GOOD: 600, Verdict.BAD: 600, Verdict.UNCHECKED: 60}


@dataclass(frozen=True, kw_only=True)
class SenderCheck:
    """The three checks of the domain that mail is sent from."""

    domain: str
    checks: tuple[Check, ...]

    @property
    def verdict(self) -> Verdict:
        return overall(self.checks)


def sender_check() -> SenderCheck:
    """SPF of the envelope sender's domain, DKIM and DMARC of the sender's; kept for ten minutes.

    Without a network, and for an example domain, nothing could be checked; that is tried again after a minute.
    """
    key = f"sender-check:{settings.MAIL_DOMAIN}:{envelope_domain()}:{settings.DKIM_SELECTOR}"
    with suppress(RedisError):
        found: SenderCheck | None = cache.get(key)
        if found is not None:
            return found
    found = _look_up()
    with suppress(RedisError):
        cache.set(key, found, KEPT_SECONDS[found.verdict])
    return found


def envelope_domain() -> str:
    """The domain that bounces go to: receivers look for its SPF record."""
    address = settings.BOUNCE_ADDRESS if not settings.MAIL_PROVIDER else ""
    return str(address or settings.MAIL_DOMAIN).rsplit("@", 1)[-1].lower()


def _look_up() -> SenderCheck:
    domain, selector = settings.MAIL_DOMAIN.lower(), settings.DKIM_SELECTOR
    dmarc = dmarc_domains(domain)
    names = [envelope_domain(), dkim_place(domain=domain, selector=selector) if selector else ""]
    names += [f"_dmarc.{name}" for name in dmarc]
    spf_records, key_records, *dmarc_records = _texts(names, domain=domain)
    return SenderCheck(
        domain=domain,
        checks=(
            spf_check(domain=names[0], records=spf_records),
            dkim_check(domain=domain, selector=selector, records=key_records),
            dmarc_check(domain=domain, records_by_domain=list(zip(dmarc, dmarc_records, strict=True))),
        ),
    )


def _texts(names: Sequence[str], *, domain: str) -> list[Records]:
    """The TXT records of each name, asked all at once."""
    if is_reserved(domain) and not settings.DNS_SERVER:
        return [None] * len(names)
    try:
        resolver = _resolver()
    except (dns.exception.DNSException, OSError, ValueError):
        return [None] * len(names)
    with ThreadPoolExecutor(max_workers=len(names)) as pool:
        return list(pool.map(lambda name: _text_of(name, resolver=resolver), names))


def _text_of(name: str, *, resolver: dns.resolver.Resolver) -> Records:
    if not name:
        return ()
    try:
        answer = resolver.resolve(name, "TXT", lifetime=PATIENCE, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return ()
    except (dns.exception.DNSException, OSError, ValueError):
        return None
    return tuple(b"".join(record.strings).decode("utf-8", "replace") for record in answer)


def _resolver() -> dns.resolver.Resolver:
    """The machine's own name servers, or the one that the settings name (`127.0.0.1` or `127.0.0.1:5353`)."""
    if not settings.DNS_SERVER:
        return dns.resolver.Resolver()
    host, _colon, port = settings.DNS_SERVER.partition(":")
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers = [str(ipaddress.ip_address(host))]
    resolver.port = int(port or 53)
    return resolver
