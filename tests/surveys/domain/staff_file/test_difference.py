from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.staff_file import StaffChange, StaffDifference, StaffRow, difference

ANN = StaffRow(staff_number="001", site="Utrecht", email="ann@voorbeeld.example", department="Verkoop")
BEN = StaffRow(staff_number="002", site="Venlo", monthly_hours=Decimal("156.00"))
LIST = {"001": ANN, "002": BEN}
FIELDS = ("email", "site", "monthly_hours")


def test_same_file_again_changes_nothing() -> None:
    assert difference(LIST, [BEN, ANN], fields=FIELDS) == StaffDifference(
        new=(), changed=(), rejoined=(), unchanged=("002", "001"), left=(), renumbered=()
    )


def test_new_changed_and_left() -> None:
    moved = replace(ANN, site="Venlo", email="")
    cas = StaffRow(staff_number="003", site="Venlo")
    assert difference(LIST, [moved, cas], fields=FIELDS) == StaffDifference(
        new=(cas,),
        changed=(StaffChange(ANN, moved, ("email", "site")),),
        rejoined=(),
        unchanged=(),
        left=("002",),
        renumbered=(),
    )


def test_absent_columns_are_not_compared() -> None:
    found = difference(LIST, [replace(ANN, department=""), BEN], fields=FIELDS)
    assert (found.changed, found.unchanged) == ((), ("001", "002"))


def test_hours_are_compared_as_numbers() -> None:
    found = difference(LIST, [ANN, replace(BEN, monthly_hours=Decimal("156"))], fields=FIELDS)
    assert found.unchanged == ("001", "002")


def test_one_field_and_none() -> None:
    moved = replace(ANN, site="Venlo")
    assert difference(LIST, [moved, BEN], fields=("site",)).changed == (StaffChange(ANN, moved, ("site",)),)
    assert difference(LIST, [moved, BEN], fields=()).unchanged == ("001", "002")


def test_people_who_come_back_have_rejoined() -> None:
    moved = replace(BEN, site="Utrecht")
    found = difference(LIST, [ANN, moved], fields=FIELDS, gone={"001", "002"})
    assert found == StaffDifference(
        new=(),
        changed=(),
        rejoined=(StaffChange(ANN, ANN, ()), StaffChange(BEN, moved, ("site",))),
        unchanged=(),
        left=(),
        renumbered=(),
    )


def test_people_leave_once() -> None:
    assert difference(LIST, [ANN], fields=FIELDS, gone={"002"}).left == ()


def test_people_in_wrong_rows_have_not_left() -> None:
    assert difference(LIST, [ANN], fields=FIELDS, kept={"002", "009"}).left == ()


def test_lost_zeros_are_noticed() -> None:
    rows = [replace(ANN, staff_number="1"), replace(BEN, staff_number="2"), StaffRow(staff_number="12")]
    found = difference(LIST, rows, fields=FIELDS)
    assert (found.left, found.renumbered) == (("001", "002"), (("001", "1"), ("002", "2")))


def test_first_file_is_all_new() -> None:
    found = difference({}, [ANN, BEN], fields=FIELDS)
    assert (found.new, found.left) == ((ANN, BEN), ())


ROWS = st.dictionaries(
    st.text("0123", min_size=1, max_size=3),
    st.tuples(st.sampled_from(["Utrecht", "Venlo"]), st.sampled_from(["", "a@voorbeeld.example"])),
).map(lambda found: {n: StaffRow(staff_number=n, site=site, email=email) for n, (site, email) in found.items()})


@given(ROWS, ROWS, st.sets(st.text("0123", min_size=1, max_size=3)))
def test_everyone_is_in_exactly_one_group(
    current: dict[str, StaffRow], incoming: dict[str, StaffRow], gone: set[str]
) -> None:
    found = difference(current, incoming.values(), fields=("site", "email"), gone=gone)
    in_file = [
        *(row.staff_number for row in found.new),
        *(change.row.staff_number for change in (*found.changed, *found.rejoined)),
        *found.unchanged,
    ]
    assert sorted(in_file) == sorted(incoming)
    assert set(found.left) == set(current) - set(incoming) - gone
