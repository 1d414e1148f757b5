"""What a domain's public records say about mail that is sent in its name: SPF, DKIM, DMARC.

Pure: records in, findings out. `None` for records means that no name server answered.
Sources: RFC 7208 (SPF), RFC 6376 (DKIM), RFC 7489 (DMARC).
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

# Names that never exist in the public DNS (RFC 2606, RFC 6761): asking for them says nothing.
RESERVED_ENDINGS = ("example", "test", "invalid", "localhost", "local", "internal")
Records = Sequence[str] | None


class Verdict(StrEnum):
    """good: mail arrives as it should. bad: mail will be refused or marked. unchecked: nothing is known."""

    GOOD = "good"
    BAD = "bad"
    UNCHECKED = "unchecked"


class Finding(StrEnum):
    """What was found; what to do about it is said elsewhere, in the reader's language."""

    NO_ANSWER = "no_answer"
    SPF_GOOD = "spf_good"
    SPF_MISSING = "spf_missing"
    SPF_TWICE = "spf_twice"
    SPF_OPEN = "spf_open"
    SPF_ENDLESS = "spf_endless"
    DKIM_GOOD = "dkim_good"
    DKIM_UNKNOWN = "dkim_unknown"
    DKIM_MISSING = "dkim_missing"
    DKIM_REVOKED = "dkim_revoked"
    DKIM_BROKEN = "dkim_broken"
    DMARC_GOOD = "dmarc_good"
    DMARC_WATCHES = "dmarc_watches"
    DMARC_MISSING = "dmarc_missing"
    DMARC_TWICE = "dmarc_twice"
    DMARC_BROKEN = "dmarc_broken"


GOOD = (Finding.SPF_GOOD, Finding.DKIM_GOOD, Finding.DMARC_GOOD, Finding.DMARC_WATCHES)
UNCHECKED = (Finding.NO_ANSWER, Finding.DKIM_UNKNOWN)


@dataclass(frozen=True, kw_only=True)
class Check:
    """One of the three. name: SPF, DKIM or DMARC; place: the name that was asked; record: what stands there."""

    name: str
    place: str
    finding: Finding
    record: str = ""

    @property
    def verdict(self) -> Verdict:
        if self.finding in GOOD:
            return Verdict.GOOD
        return Verdict.UNCHECKED if self.finding in UNCHECKED else Verdict.BAD


def overall(checks: Sequence[Check]) -> Verdict:
    """The worst of the checks: bad before unchecked before good."""
    verdicts = {check.verdict for check in checks}
    return next(v for v in (Verdict.BAD, Verdict.UNCHECKED, Verdict.GOOD) if v in verdicts or v is Verdict.GOOD)


def is_reserved(domain: str) -> bool:
    """Whether the domain is an example or internal name, or none at all."""
    labels = domain.lower().rstrip(".").split(".")
    return len(labels) < 2 or labels[-1] in RESERVED_ENDINGS


def spf_check(*, domain: str, records: Records) -> Check:
    """Which servers may send for the domain: one record that names them and refuses the others."""
    found = [record for record in records or () if _is_version(record, "v=spf1", separator=" ")]
    finding = Finding.NO_ANSWER if records is None else _spf_finding(found)
    return Check(name="SPF", place=domain, finding=finding, record=" | ".join(found))


def dkim_check(*, domain: str, selector: str, records: Records) -> Check:
    """The public key with which the mails' signature is checked; it cannot be found without knowing its selector."""
    if not selector:
        return Check(name="DKIM", place="", finding=Finding.DKIM_UNKNOWN)
    place = dkim_place(domain=domain, selector=selector)
    found = [record for record in records or () if "p" in _tags(record)]
    if records is None:
        finding = Finding.NO_ANSWER
    elif not found:
        finding = Finding.DKIM_MISSING
    else:
        finding = _key_finding(_tags(found[0])["p"])
    return Check(name="DKIM", place=place, finding=finding, record=" | ".join(found))


def dmarc_check(*, domain: str, records_by_domain: Sequence[tuple[str, Records]]) -> Check:
    """What receivers do with mail that fails the other two: the record of the domain, else of one above it.

    records_by_domain: (domain, records at its `_dmarc`) in the order of `dmarc_domains`, up to the first with one.
    """
    for asked, records in records_by_domain:
        if records is None:
            return Check(name="DMARC", place=f"_dmarc.{asked}", finding=Finding.NO_ANSWER)
        found = [record for record in records if _is_version(record, "v=dmarc1", separator=";")]
        if found:
            finding = _dmarc_finding(found, is_above=asked != domain)
            return Check(name="DMARC", place=f"_dmarc.{asked}", finding=finding, record=" | ".join(found))
    return Check(name="DMARC", place=f"_dmarc.{domain}", finding=Finding.DMARC_MISSING)


def dkim_place(*, domain: str, selector: str) -> str:
    return f"{selector}._domainkey.{domain}"


def dmarc_domains(domain: str) -> list[str]:
    """The domain and those above it, down to two labels: one of them may speak for all."""
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(max(len(labels) - 1, 1))]


def _spf_finding(found: list[str]) -> Finding:
    if len(found) != 1:
        return Finding.SPF_TWICE if found else Finding.SPF_MISSING
    terms = found[0].lower().split()[1:]
    if "+all" in terms or "all" in terms:
        return Finding.SPF_OPEN
    has_end = "-all" in terms or "~all" in terms or any(term.startswith("redirect=") for term in terms)
    return Finding.SPF_GOOD if has_end else Finding.SPF_ENDLESS


def _key_finding(key: str) -> Finding:
    packed = "".join(key.split())
    if not packed:
        return Finding.DKIM_REVOKED
    try:
        base64.b64decode(packed, validate=True)
    except ValueError:
        return Finding.DKIM_BROKEN
    return Finding.DKIM_GOOD


def _dmarc_finding(found: list[str], *, is_above: bool) -> Finding:
    if len(found) > 1:
        return Finding.DMARC_TWICE
    tags = _tags(found[0])
    policy = tags.get("sp", tags.get("p", "")) if is_above else tags.get("p", "")
    if policy.lower() not in ("none", "quarantine", "reject"):
        return Finding.DMARC_BROKEN
    return Finding.DMARC_WATCHES if policy.lower() == "none" else Finding.DMARC_GOOD


def _is_version(record: str, version: str, *, separator: str) -> bool:
    return record.strip().lower().partition(separator)[0].replace(" ", "") == version


def _tags(record: str) -> dict[str, str]:
    """`a=1; b=2` → {"a": "1", "b": "2"}."""
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): value.strip() for name, separator, value in pairs if separator}
