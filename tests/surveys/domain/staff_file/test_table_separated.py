import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.staff_file import ReadOptions, StaffFileUnreadable, limits, read_table
from surveys.domain.staff_file import separated as separated_module
from tests.surveys.domain.staff_file.files import MINIMAL, separated

ROWS = [MINIMAL, ("0001", "a@voorbeeld.example", "Cuijk café")]


def code_of(content: bytes, options: ReadOptions | None = None) -> tuple[str, str]:
    with pytest.raises(StaffFileUnreadable) as caught:
        read_table(content, "personeel.csv", options)
    return caught.value.code, caught.value.detail


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
    ("codec", "mark", "encoding"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8-bom"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("cp1252", b"", "windows-1252"),
    ],
)
def test_encoding_and_separator_are_found(separator: str, codec: str, mark: bytes, encoding: str) -> None:
    table = read_table(mark + separated(ROWS, separator=separator, encoding=codec), "x.csv")
    assert (table.kind, table.encoding, table.separator, table.headers) == ("csv", encoding, separator, MINIMAL)
    assert list(table.rows()) == [(2, ["0001", "a@voorbeeld.example", "Cuijk café"])]


def test_bytes_that_windows_1252_lacks_are_read_as_another_encoding() -> None:
    # "é" is 0x8E in Macintosh files, "í" is 0x92; 0x8F ("è") and 0x90 ("ê") mean nothing in Windows-1252.
    names = ("Hélène", "Irène", "Genève", "Fête", "Forêt", "Crème", "Élève", "Première", "Bière", "Fenêtre")
    rows = [MINIMAL, *((f"{n:04}", "", name) for n, name in enumerate(names))]
    table = read_table(separated(rows, encoding="mac-roman"), "x.csv")
    assert (table.encoding, [row[2] for _, row in table.rows()]) == ("macintosh", list(names))


def test_options_go_before_what_was_found() -> None:
    content = "Lijst\r\nA;B\r\nPersoneelsnummer;Naam, voluit\r\n1;Ren\xe9\r\n".encode("cp1250", "replace")
    table = read_table(content, "x.csv", ReadOptions(encoding="windows-1250", separator=",", header_line=3))
    assert (table.encoding, table.separator, table.header_line) == ("windows-1250", ",", 3)
    assert table.headers == ("Personeelsnummer;Naam", "voluit")


def test_header_is_found_below_titles_and_blank_lines() -> None:
    content = separated([("Personeelslijst 2026",), (), ("", "", ""), *ROWS, (), ("", "", "")])
    table = read_table(content, "x.csv")
    assert (table.header_line, table.headers) == (4, MINIMAL)
    assert [line for line, _ in table.rows()] == [5]
    assert table.sample == ((5, ("0001", "a@voorbeeld.example", "Cuijk café")),)


def test_without_known_headers_the_row_with_most_words_is_the_header() -> None:
    table = read_table(b"x\n1;2;3\nkleur;vorm;maat\nrood;rond;groot\n", "x.csv")
    assert (table.header_line, table.headers) == (3, ("kleur", "vorm", "maat"))


def test_columns_without_a_header_are_known_by_their_letter() -> None:
    table = read_table(b"Personeelsnummer;;E-mail;Vestiging\n1;x;;Utrecht\n", "x.csv")
    assert [table.label(index) for index in (0, 1, 4, 27)] == ["Personeelsnummer", "B", "E", "AB"]


def test_excels_separator_line_is_obeyed_and_not_counted() -> None:
    table = read_table(b"sep=|\nPersoneelsnummer|E-mail|Vestiging\n1||Utrecht; oost\n", "x.csv")
    assert (table.separator, table.header_line, list(table.rows())) == ("|", 1, [(2, ["1", None, "Utrecht; oost"])])


def test_text_in_quotes_keeps_separators_and_line_breaks_and_lines_count_as_in_excel() -> None:
    content = b'Personeelsnummer;E-mail;Vestiging\r\n1;;"Utrecht; ""Oost""\r\nhal 2"\r\n2;;Venlo\r\n'
    assert list(read_table(content, "x.csv").rows()) == [
        (2, ["1", None, 'Utrecht; "Oost"\r\nhal 2']),
        (3, ["2", None, "Venlo"]),
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_systems(newline: str) -> None:
    content = newline.join(["Personeelsnummer;E-mail;Vestiging", "1;;Venlo", "2;;Venlo"]).encode()
    assert [line for line, _ in read_table(content, "x.csv").rows()] == [2, 3]


def test_rows_can_be_read_twice() -> None:
    table = read_table(separated(ROWS), "x.csv")
    assert list(table.rows()) == list(table.rows())


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\t\r\n", "empty"),
        (b";;;\n;;;\n", "empty"),
        (b"\0" * 400, "empty"),
        (b"hallo wereld\ndit is geen tabel\n", "not_a_table"),
        (b"Personeelsnummer;E-mail;Vestiging\n", "no_rows"),
        (b"Personeelsnummer;E-mail;Vestiging\n;;\n", "no_rows"),
        (b"a;b\0c;d\n1;2;3\n", "not_a_table"),
        (bytes(range(1, 32)) * 9, "not_a_table"),
        (b"<html><table><tr><td>Personeelsnummer</td></tr></table>", "unsupported_format"),
        (b"%PDF-1.7 a;b\n1;2", "unsupported_format"),
        (b"\xff\xfea;b;c\n1;2;3", "wrong_encoding"),
    ],
)
def test_what_is_no_table_says_so(content: bytes, code: str) -> None:
    assert code_of(content)[0] == code


def test_an_open_quote_is_refused_with_its_line() -> None:
    content = b'Personeelsnummer;E-mail;Vestiging\n1;;Venlo\n2;;"Utrecht\n3;;Venlo\n'
    assert code_of(content) == ("broken_quotes", "3")


@pytest.mark.parametrize("content", [b'a;b\n1;"' + b"x" * 200_000, b"a;b\n1;" + b"x" * 200_000 + b"\n"])
def test_endless_cells_are_refused_with_their_line(content: bytes) -> None:
    assert code_of(content) == ("broken_quotes", "2")


def test_text_after_a_closing_quote_is_refused() -> None:
    content = b'Personeelsnummer;E-mail;Vestiging\n1;;"Utrecht" oost\n'
    assert code_of(content) == ("broken_quotes", "2")


def test_quotes_inside_words_are_just_characters() -> None:
    content = b'Personeelsnummer;E-mail;Vestiging\n1;;Hal "Oost" 5"\n'
    assert list(read_table(content, "x.csv").rows()) == [(2, ["1", None, 'Hal "Oost" 5"'])]


def test_wrong_choices_are_refused() -> None:
    content = separated(ROWS, encoding="cp1252")
    assert code_of(content, ReadOptions(encoding="utf-8")) == ("wrong_encoding", "utf-8")
    assert code_of(content, ReadOptions(encoding="rot13")) == ("wrong_encoding", "rot13")
    assert code_of(content, ReadOptions(separator="x")) == ("not_a_table", "")
    assert code_of(content, ReadOptions(header_line=9)) == ("header_missing", "9")
    assert code_of(content, ReadOptions(header_line=2)) == ("no_rows", "")


def test_too_large_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = ";".join(f"k{n}" for n in range(limits.MAX_COLUMNS + 1)).encode()
    assert code_of(wide + b"\n" + wide) == ("too_many_columns", str(limits.MAX_COLUMNS))
    assert code_of(b"a;b\n" * (limits.MAX_BYTES // 4 + 1)) == ("too_large", "32 MB")
    monkeypatch.setattr(separated_module, "MAX_ROWS", 3)
    assert code_of(b"a;b\n1;2\n1;2\n1;2\n") == ("too_large", "3")


def test_every_encoding_that_can_be_chosen_exists() -> None:
    content = b"Personeelsnummer;E-mail;Vestiging\n1;;Venlo\n"
    names = [name for name in separated_module.ENCODINGS if not name.startswith("utf-16")]
    assert [read_table(content, "x", ReadOptions(encoding=name)).encoding for name in names] == names


CELLS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=20)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8), st.sampled_from(";,\t|"))
def test_written_rows_come_back(rows: list[list[str]], separator: str) -> None:
    table = read_table(
        separated([MINIMAL, *rows, ("slot", "", "slot")], separator=separator, encoding="utf-8-sig"),
        "x.csv",
        ReadOptions(separator=separator, header_line=1),
    )
    expected = [(line, [cell.strip() or None for cell in row]) for line, row in enumerate(rows, start=2)]
    assert list(table.rows())[:-1] == [(line, row) for line, row in expected if any(row)]
