"""`manage.py load_postcodes`: a file's places instead of what its source gave before, all or nothing."""

import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection

from surveys.domain.distance import Place
from surveys.models import PostcodePlace
from surveys.services.postcode_places import replace_places
from tests.factories import as_owner, make_organisation
from tests.surveys.domain.postcode_file.files import GEONAMES, written
from wpm_platform.scoping import Role, organisation_scope

pytestmark = pytest.mark.django_db

A = Place(postcode="5911AB", latitude=51.37, longitude=6.17)
B = Place(postcode="5928NX", latitude=51.40, longitude=6.14)


def load(path, **options):
    said = StringIO()
    call_command("load_postcodes", str(path), stdout=said, **options)
    return said.getvalue().strip()


def stored():
    with as_owner():
        rows = PostcodePlace.objects.order_by("postcode")
        return [(row.postcode, row.latitude, row.longitude, row.source) for row in rows]


def replace(source, *places):
    with as_owner():
        return replace_places(source=source, places=places)


def test_a_postcode_given_twice_lies_in_between():
    other = Place(postcode="5911AB", latitude=51.39, longitude=6.19)
    assert replace("a", A, other) == 1
    ((postcode, latitude, longitude, _),) = stored()
    assert (postcode, latitude, longitude) == ("5911AB", pytest.approx(51.38), pytest.approx(6.18))


def test_again_is_the_same_and_what_is_gone_is_gone():
    for _ in range(2):
        assert replace("a", A, B) == 2
    assert [row[0] for row in stored()] == ["5911AB", "5928NX"]
    assert replace("a", B) == 1
    assert [row[0] for row in stored()] == ["5928NX"]


def test_another_source_stays_and_the_last_file_has_a_shared_postcode():
    replace("a", A, B)
    moved = Place(postcode="5911AB", latitude=51.30, longitude=6.10)
    replace("b", moved)
    assert stored() == [("5911AB", 51.30, 6.10, "b"), ("5928NX", 51.40, 6.14, "a")]


def test_a_mistake_leaves_everything_as_it_was():
    replace("a", A)

    def places():
        yield B
        raise ValueError("line 2")

    with pytest.raises(ValueError, match="line 2"), as_owner():
        replace_places(source="a", places=places())
    assert [row[0] for row in stored()] == ["5911AB"]


def test_nobody_in_a_scope_may_load():
    organisation = make_organisation()
    for role in (Role.HR, Role.RESPONDENT):
        with pytest.raises(ProgrammingError, match="permission denied"), organisation_scope(organisation, role=role):
            replace_places(source="a", places=[A])
    assert stored() == []


def test_hr_reads_and_the_web_process_outside_scopes_does_not():
    replace("a", A)
    with organisation_scope(make_organisation()):
        assert PostcodePlace.objects.count() == 1
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM surveys_postcodeplace")


@pytest.mark.django_db(transaction=True)
class TestCommand:
    """The command works on a connection of its own, as the owner of the tables."""

    def test_loads_and_says_how_many(self, tmp_path):
        path = written(tmp_path, "NL.txt", GEONAMES)
        assert load(path) == "NL.txt: 2 postcodes."
        assert stored() == [("5911", 51.37, 6.17, "NL.txt"), ("5928", 51.4, 6.14, "NL.txt")]
        assert load(path, source="GeoNames") == "GeoNames: 2 postcodes."
        assert load(path, source="GeoNames") == "GeoNames: 2 postcodes."
        assert {row[3] for row in stored()} == {"GeoNames"}

    def test_a_wrong_row_loads_nothing(self, tmp_path):
        replace("own", A)
        path = written(tmp_path, "own.csv", "postcode;lat;lon\n5928NX;51.4;6.14\n5928;here;there\n")
        with pytest.raises(CommandError, match=r"(?s)Nothing is loaded.*line 3: “here” is not a number"):
            load(path, source="own")
        assert stored() == [("5911AB", 51.37, 6.17, "own")]

    @pytest.mark.parametrize("text", ["postcode;lat;lon\n", "BE\t2000\tA\tV\tV\t\t\t\t\t51.2\t4.4\t6\n"])
    def test_an_empty_file_forgets_nothing(self, tmp_path, text):
        replace("own.txt", A)
        with pytest.raises(CommandError, match="holds no Dutch postcode"):
            load(written(tmp_path, "own.txt", text))
        assert len(stored()) == 1

    def test_no_such_file(self, tmp_path):
        with pytest.raises(CommandError, match="There is no file"):
            load(tmp_path / "absent.csv")

    def test_source_that_does_not_fit(self, tmp_path):
        with pytest.raises(CommandError, match="at most 80 characters"):
            load(written(tmp_path, "NL.txt", GEONAMES), source="x" * 81)

    def test_two_at_the_same_moment_leave_one_whole_file(self):
        def work(places):
            try:
                replace("a", *places)
            finally:
                connection.close()

        halves = [[A, B], [B, A]]
        threads = [threading.Thread(target=work, args=(places,)) for places in halves * 2]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [row[0] for row in stored()] == ["5911AB", "5928NX"]
