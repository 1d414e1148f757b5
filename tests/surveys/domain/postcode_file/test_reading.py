"""Files of GeoNames, CBS and PDOK, and tables of one's own; mistakes are named by their line."""

import pytest

from surveys.domain.distance import Place
from surveys.domain.postcode_file import PostcodeFileError, read_places
from tests.surveys.domain.postcode_file.files import (
    GEONAMES,
    HOLE,
    SQUARE,
    geopackage,
    header,
    multipolygon,
    point,
    polygon,
    written,
    zipped,
)
from wpm_platform.spreadsheets import Sheet, xlsx_bytes

VENLO = (51.37, 6.17)


def places(path):
    return {place.postcode: (place.latitude, place.longitude) for place in read_places(path)}


def refusal(path):
    with pytest.raises(PostcodeFileError) as caught:
        list(read_places(path))
    return str(caught.value)


@pytest.mark.parametrize("name", ["NL.txt", "NL_full.csv"])
def test_geonames_as_text(tmp_path, name):
    assert places(written(tmp_path, name, GEONAMES)) == {"5911": VENLO, "5928": (51.4, 6.14)}


def test_geonames_in_its_archive_beside_a_longer_readme(tmp_path):
    path = zipped(tmp_path, "NL.zip", readme_dot_txt="Readme " * 500, NL_dot_txt=GEONAMES)
    assert set(places(path)) == {"5911", "5928"}


def test_geonames_with_letters(tmp_path):
    text = GEONAMES.replace("\t5911\t", "\t5911 AB\t").replace("\t5928\t", "\t5928nx\t")
    assert set(places(written(tmp_path, "NL_full.csv", text))) == {"5911AB", "5928NX"}


@pytest.mark.parametrize(
    "text",
    [
        "postcode,longitude,latitude\n5911AB,6.17,51.37\n",
        "postcode6;lat;lon\n5911 ab;51,37;6,17\n",
        "\ufeffPostcode (PC6);Breedtegraad;Lengtegraad\r\n5911AB;51.37;6.17\r\n",
        'id,PC6,aantal,LON,LAT\n1,"5911AB",12,6.17,51.37\n',
        "Kerncijfers per postcode\n\npostcode;lat;lon\n5911AB;51,37;6,17\n",
        "Kerncijfers per postcode\n\npostal_code\tlng\tlat\n5911AB\t6.17\t51.37\n",
    ],
    ids=["zypp", "Dutch decimals", "Dutch headers", "quoted", "title above", "title above tabs"],
)
def test_tables_in_degrees_are_known_by_their_header(tmp_path, text):
    assert places(written(tmp_path, "postcodes.csv", text)) == {"5911AB": VENLO}


@pytest.mark.parametrize("header_row", ["PC6;X;Y", "postcode;rd_x;rd_y", "postcode6;x-coord;y-coord"])
def test_tables_in_the_dutch_grid(tmp_path, header_row):
    found = places(written(tmp_path, "pc6.csv", f"{header_row}\n1016DV;120700,723;487525,502\n"))
    assert found["1016DV"] == pytest.approx((52.374532, 4.883526), abs=1.5e-5)


def test_letters_outside_utf_8_do_not_matter(tmp_path):
    text = "naam;postcode;lat;lon\nPrivé;5911AB;51.37;6.17\n".encode("cp1252")
    assert places(written(tmp_path, "oud.csv", text)) == {"5911AB": VENLO}


def test_workbook_with_postcodes_as_numbers(tmp_path):
    sheet = Sheet(title="PC4", rows=[["PC4", "lat", "lon"], [5911, "51.37", "6.17"], [5928, "51.4", "6.14"]])
    found = places(written(tmp_path, "pc4.xlsx", xlsx_bytes([sheet])))
    assert found == {"5911": VENLO, "5928": (51.4, 6.14)}


def test_rows_without_coordinates_are_left_out(tmp_path):
    text = "postcode;lat;lon\n5911AB;51.37;6.17\n5911AC;;\n\n"
    assert set(places(written(tmp_path, "a.csv", text))) == {"5911AB"}


def test_areas_of_a_geopackage_become_their_middle(tmp_path):
    path = geopackage(
        tmp_path,
        [
            ("5911AB", header() + polygon(SQUARE)),
            ("5911AC", header(envelope=1) + multipolygon(polygon(SQUARE))),
            ("5911AD", header() + polygon(SQUARE, HOLE)),
            ("5911AE", header() + point(209_500, 376_500)),
            ("5911AF", None),
            ("5911AG", header(flags=0b10001)),
            (5911, header() + polygon([(x, y, 12.0) for x, y in SQUARE[::-1]], kind=1003, order=">")),
        ],
    )
    found = places(path)
    assert set(found) == {"5911AB", "5911AC", "5911AD", "5911AE", "5911"}
    whole, half = found["5911AB"], found["5911AD"]
    assert found["5911AC"] == found["5911AE"] == found["5911"] == pytest.approx(whole)
    # Without its western half the middle lies 250 m further east: 0.0036° here.
    assert half[1] - whole[1] == pytest.approx(0.0036, abs=0.0002)
    assert half[0] == pytest.approx(whole[0], abs=0.0001)


def test_geopackage_in_an_archive_and_in_degrees(tmp_path):
    path = geopackage(tmp_path, [("5911AB", header(system=4326) + point(6.17, 51.37))], system=4326)
    packed = zipped(tmp_path, "2024_pc6.zip", cbs_pc6_dot_gpkg=path.read_bytes(), leesmij_dot_txt="Lees mij")
    assert places(packed) == places(path) == {"5911AB": VENLO}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("B-2000;51.2;4.4", "line 3: “B-2000” is not a Dutch postcode"),
        ("0911AB;51.2;4.4", "line 3: “0911AB” is not a Dutch postcode"),
        ("5911AC;noord;6.1", "line 3: “noord” is not a number"),
        ("5911AC;nan;6.1", "line 3: “nan” is not a number"),
        ("5911AC;;6.1", "line 3: “” is not a number"),
        ("5911AC;6.17;51.37", "line 3: latitude 6.17, longitude 51.37 does not lie in the Netherlands"),
        ("5911AC;51.37", "line 3: has too few columns"),
    ],
)
def test_a_wrong_row_is_named_by_its_line(tmp_path, line, words):
    path = written(tmp_path, "a.csv", f"postcode;lat;lon\n5911AB;51.37;6.17\n{line}\n")
    assert refusal(path) == words


def test_degrees_under_the_names_of_the_grid_are_refused(tmp_path):
    path = written(tmp_path, "a.csv", "postcode;x;y\n5911AB;6.17;51.37\n")
    assert refusal(path) == "line 2: x 6.17, y 51.37 lies outside the Dutch grid (EPSG:28992, in metres)"


def test_ten_mistakes_are_enough(tmp_path):
    path = written(tmp_path, "a.csv", "postcode;lat;lon\n" + "x;1;1\n" * 50)
    assert len(refusal(path).splitlines()) == 10


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", "naam;plaats\nJan;Venlo\n", "no header is recognised"),
        ("a.csv", "postcode;plaats\n5911AB;Venlo\n", "no header is recognised"),
        ("a.csv", "", "no header is recognised"),
        ("a.pdf", "x", "give a file that ends in .zip, .gpkg, .xlsx, .csv, .txt"),
        ("a.zip", "x", "not a zip file"),
        ("a.xlsx", "x", "a.xlsx: "),
        ("a.gpkg", "not a database at all, but longer than its header" * 3, "this GeoPackage cannot be read"),
    ],
)
def test_files_that_are_something_else(tmp_path, name, content, words):
    assert words in refusal(written(tmp_path, name, content))


def test_archive_without_a_table(tmp_path):
    assert "holds no file" in refusal(zipped(tmp_path, "a.zip", picture_dot_png=b"x", readme_dot_txt="x"))


def test_geopackages_that_cannot_be_used(tmp_path):
    assert "EPSG:3857" in refusal(geopackage(tmp_path, [], system=3857))
    (tmp_path / "cbs_pc6.gpkg").unlink()
    assert "no column with a postcode; its columns are fid, geom, buurt" in refusal(
        geopackage(tmp_path, [], column="buurt")
    )


@pytest.mark.parametrize(
    ("blob", "words"),
    [
        (b"XX" + bytes(40), "is not a GeoPackage geometry"),
        (header() + b"\x01\x03", "cannot be read"),
        (header() + polygon(SQUARE)[:-4], "cannot be read"),
        (header() + polygon(SQUARE, kind=2), "of kind 2"),
    ],
)
def test_broken_geometry_is_named_by_its_row(tmp_path, blob, words):
    text = refusal(geopackage(tmp_path, [("5911AB", header() + polygon(SQUARE)), ("5911AC", blob)]))
    assert text.startswith("line 2: its geometry")
    assert words in text


def test_a_place_is_what_is_read(tmp_path):
    path = written(tmp_path, "a.csv", "postcode;lat;lon\n5911AB;51.37;6.17\n")
    assert list(read_places(path)) == [Place(postcode="5911AB", latitude=51.37, longitude=6.17)]
