"""The staff list."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet

from surveys.models import Employee
from wpm_platform.organisations.models import Organisation, Site

WITHOUT_PATTERN = "none"
ORDERS = {
    "number": ("staff_number",),
    "name": ("name", "staff_number"),
    "site": ("site__name", "staff_number"),
    "department": ("department", "staff_number"),
}


@dataclass(frozen=True, kw_only=True)
class StaffFilter:
    """What a person looks for. site: a code. pattern: a code, or WITHOUT_PATTERN. presence: "here", "left" or "all".
    order: a key of ORDERS."""

    text: str = ""
    site: str = ""
    department: str = ""
    function: str = ""
    pattern: str = ""
    presence: str = "here"
    without_email: bool = False
    order: str = "number"
    is_descending: bool = False

    @property
    def is_narrow(self) -> bool:
        words = (self.text, self.site, self.department, self.function, self.pattern)
        return any(words) or self.without_email or self.presence != "here"


def staff(*, organisation: Organisation, site_id: int | None = None) -> QuerySet[Employee]:
    """Everybody ever on the list, of one site when `site_id` is given."""
    people = Employee.objects.filter(organisation=organisation)
    return people.filter(site=site_id) if site_id is not None else people


def staff_list(*, organisation: Organisation, wanted: StaffFilter, site_id: int | None = None) -> QuerySet[Employee]:
    """The people that match, in the wanted order."""
    people = staff(organisation=organisation, site_id=site_id).select_related("site", "legal_entity", "work_pattern")
    if wanted.presence != "all":
        people = people.filter(left_at__isnull=wanted.presence != "left")
    for word in wanted.text.split():
        people = people.filter(
            Q(staff_number__icontains=word)
            | Q(email__icontains=word)
            | Q(name__icontains=word)
            | Q(department__icontains=word)
        )
    exact = {"site__code": wanted.site, "department": wanted.department, "function": wanted.function}
    if wanted.pattern == WITHOUT_PATTERN:
        people = people.filter(work_pattern__isnull=True)
    else:
        exact["work_pattern__code"] = wanted.pattern
    people = people.filter(**{name: value for name, value in exact.items() if value})
    if wanted.without_email:
        people = people.filter(email="")
    names = ORDERS[wanted.order]
    return people.order_by(*(F(name).desc() if wanted.is_descending else F(name).asc() for name in names))


def person(*, organisation: Organisation, code: UUID, site_id: int | None = None) -> Employee | None:
    """One person, or None; a person of another site does not exist for who sees one site."""
    return (
        staff(organisation=organisation, site_id=site_id)
        .select_related("organisation", "site", "legal_entity", "work_pattern")
        .filter(code=code)
        .first()
    )


def departments(*, organisation: Organisation, site_id: int | None = None) -> list[str]:
    """Names of departments, in order."""
    people = staff(organisation=organisation, site_id=site_id).exclude(department="")
    return list(people.order_by("department").values_list("department", flat=True).distinct())


def functions(*, organisation: Organisation, site_id: int | None = None) -> list[str]:
    """Names of functions, in order."""
    people = staff(organisation=organisation, site_id=site_id).exclude(function="")
    return list(people.order_by("function").values_list("function", flat=True).distinct())


def staff_sites(*, organisation: Organisation, site_id: int | None = None) -> QuerySet[Site]:
    """The sites that may be chosen from, by name."""
    sites = Site.objects.filter(organisation=organisation)
    return sites.filter(pk=site_id) if site_id is not None else sites


def staff_counts(*, organisation: Organisation, site_id: int | None = None) -> tuple[int, int]:
    """How many people are on the list now, and how many of these have no e-mail address."""
    here = staff(organisation=organisation, site_id=site_id).filter(left_at__isnull=True)
    return here.count(), here.filter(email="").count()
