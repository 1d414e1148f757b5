import pytest
from django.utils import translation

from surveys.domain.staff_file import COLUMNS, FILE_CODES, MAPPING_CODES, ROW_CODES, MappingProblem, RowError
from surveys.services.staff_import_claim import INTERRUPTED
from surveys.services.staff_import_rows import OWN_ROW_CODES
from surveys.staff_file_sentences import (
    FIELD_LABELS,
    FIELD_MEANINGS,
    FILE_SENTENCES,
    MAPPING_SENTENCES,
    ROW_SENTENCES,
    file_sentence,
    mapping_sentence,
    problem_sentence,
    row_sentence,
)


def test_every_code_and_field_has_words():
    assert set(ROW_SENTENCES) == {*ROW_CODES, *OWN_ROW_CODES}
    assert set(FILE_SENTENCES) == {*FILE_CODES, INTERRUPTED}
    assert set(MAPPING_SENTENCES) == set(MAPPING_CODES)
    assert set(FIELD_LABELS) == set(FIELD_MEANINGS) == {column.name for column in COLUMNS}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_sentence_can_be_filled(language):
    with translation.override(language):
        sentences = [problem_sentence(code=code, detail="7") for code in ROW_SENTENCES]
        sentences += [file_sentence(code=code, detail="7") for code in FILE_SENTENCES]
        sentences += [mapping_sentence(MappingProblem(code, "site")) for code in MAPPING_SENTENCES]
    assert [text for text in sentences if "%(" in text or text[-1] not in ".?" or not text[0].isupper()] == []


def test_a_row_error_names_line_and_column_in_dutch():
    error = RowError(14, "E-mail", "two_addresses", "a@voorbeeld.example b@voorbeeld.example")
    with translation.override("nl"):
        assert row_sentence(error) == (
            "Regel 14, kolom E-mail: hier staan twee adressen. Zet één adres per medewerker."
        )
        assert file_sentence(code="too_large", detail="250000") == (
            "Dit bestand is te groot (hooguit 250.000 regels). Haal weg wat geen medewerkers zijn, of splits het."
        )
