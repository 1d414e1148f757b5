import pytest
from python_calamine import CalamineError, PasswordError

from surveys.domain.staff_file import StaffFileUnreadable
from surveys.domain.staff_file.workbook import _guarded, is_workbook


class PanicException(BaseException):
    """As the reader's crashes arrive: their real class cannot be imported."""


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (PasswordError("x"), "encrypted"),
        (CalamineError("x"), "damaged"),
        (OSError("x"), "damaged"),
        (UnicodeDecodeError("utf-8", b"x", 0, 1, "x"), "damaged"),
        (PanicException("x"), "damaged"),
    ],
)
def test_the_readers_failures_become_one_refusal(error: BaseException, code: str) -> None:
    def fail(_: str) -> None:
        raise error

    with pytest.raises(StaffFileUnreadable) as caught:
        _guarded(fail, "x")
    assert caught.value.code == code


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(), MemoryError(), TypeError("our own mistake")])
def test_other_failures_are_not_hidden(error: BaseException) -> None:
    def fail(_: str) -> None:
        raise error

    with pytest.raises(type(error)):
        _guarded(fail, "x")


@pytest.mark.parametrize(
    ("content", "expected"),
    [(b"PK\x03\x04x", True), (b"PK\x05\x06", True), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", True), (b"PKK;x", False)],
)
def test_workbooks_are_known_by_their_first_bytes(content: bytes, expected: bool) -> None:
    assert is_workbook(content) is expected
