import pytest

from surveys.domain.staff_file.header_row import header_position, recognised_headers


def test_recognised_headers_count_fields_once() -> None:
    assert recognised_headers(["E-mail", "Mailadres", None, "Vestiging", "Telefoon", ""]) == 2


@pytest.mark.parametrize(
    ("rows", "position"),
    [
        ([], None),
        ([["Personeelsnummer", "E-mail", "Vestiging"], ["1", "a", "b"]], 0),
        ([["Overzicht van het personeel", "per", "1 januari", "2026"], ["Personeelsnr", "Mail", "Locatie", None]], 1),
        ([["Personeelsnummer", "E-mail"], ["Personeelsnummer", "E-mail", "Vestiging"]], 1),
        ([["Personeelsnummer", "E-mail"], ["Personeelsnummer", "E-mail"]], 0),
        ([["Vestiging Utrecht", None, None], ["kleur", "vorm", "maat"], ["rood", "rond", "groot"]], 1),
        ([["Vestiging", None, None], ["kleur", "vorm", "maat"]], 1),
        ([["2026", "12", "1,5"], ["kleur", "vorm", "maat"]], 1),
        ([["1", "2"], ["3", "4"]], 0),
    ],
)
def test_header_row_is_found(rows: list[list[str | None]], position: int | None) -> None:
    assert header_position(rows) == position
