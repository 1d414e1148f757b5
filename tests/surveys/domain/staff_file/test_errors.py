import ast
from pathlib import Path

import surveys.domain.staff_file as staff_file
from surveys.domain.staff_file import FILE_CODES, MAPPING_CODES, ROW_CODES, StaffFileUnreadable
from surveys.domain.staff_file.errors import CellError


def codes_raised(name: str) -> set[str]:
    """Every word that the package passes as the first argument of an error, or as `code=`."""
    found: set[str] = set()
    for path in Path(staff_file.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if not isinstance(call, ast.Call):
                continue
            is_error = isinstance(call.func, ast.Name) and call.func.id == name
            first = call.args[:1] if is_error else [key.value for key in call.keywords if key.arg == "code"]
            for argument in first:
                choices = [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
                found |= {choice.value for choice in choices if isinstance(choice, ast.Constant)}
    return found


def test_lists_of_codes_are_complete() -> None:
    # Only amounts pass a cell's code on as `code=`.
    passed_on = {"days_out_of_range", "hours_out_of_range"}
    assert codes_raised("StaffFileUnreadable") - passed_on == set(FILE_CODES)
    assert codes_raised("MappingProblem") - passed_on == set(MAPPING_CODES)
    assert codes_raised("CellError") == set(ROW_CODES)


def test_refusals_carry_their_fact() -> None:
    refusal = StaffFileUnreadable("broken_quotes", detail="12")
    assert (refusal.code, refusal.detail, str(refusal)) == ("broken_quotes", "12", "broken_quotes 12")
    assert (str(StaffFileUnreadable("empty")), str(CellError("required"))) == ("empty", "required")
