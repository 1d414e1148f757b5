"""What people read about a staff file: its fields, and what to do about everything that can be wrong with it."""

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.domain.staff_file import COLUMNS, MappingProblem, RowError

FIELD_LABELS = {
    "staff_number": gettext_lazy("Staff number"),
    "email": gettext_lazy("Work e-mail"),
    "site": gettext_lazy("Site"),
    "kvk_number": gettext_lazy("KvK number"),
    "language": gettext_lazy("Language"),
    "department": gettext_lazy("Department"),
    "function": gettext_lazy("Function"),
    "home_postcode": gettext_lazy("Home postcode"),
    "monthly_hours": gettext_lazy("Paid hours a month"),
    "weekly_hours": gettext_lazy("Paid hours a week"),
    "contract_kind": gettext_lazy("Kind of contract"),
    "employed_from": gettext_lazy("Employed from"),
    "employed_until": gettext_lazy("Employed until (last day)"),
    "days_per_week": gettext_lazy("Days a week"),
    "work_pattern": gettext_lazy("Work pattern or fixed days"),
    "is_on_leave": gettext_lazy("On long-term leave (yes/no)"),
    "leave_until": gettext_lazy("On leave until (last day)"),
    "has_mobility_provision": gettext_lazy("Has a travel provision (yes/no)"),
    "has_fixed_workplace": gettext_lazy("Has a fixed workplace (yes/no)"),
    "name": gettext_lazy("Name"),
    "birth_year": gettext_lazy("Birth year"),
}
FIELD_MEANINGS = {
    "staff_number": gettext_lazy("Needed. Unique per person; zeros at the start count."),
    "email": gettext_lazy("Needed. One address per person; may be empty, then the person gets no mail."),
    "site": gettext_lazy("Needed. A site that we do not know yet is made."),
    "kvk_number": gettext_lazy("Eight digits. Needed when your organisation has several KvK numbers."),
    "language": gettext_lazy("Language of the mails: nl, en, pl … Empty is Dutch."),
    "department": gettext_lazy("For response per department, from five people up."),
    "function": gettext_lazy("Only for your own list."),
    "home_postcode": gettext_lazy("As 1234 AB. Empty: the survey asks for it."),
    "monthly_hours": gettext_lazy("Who works fewer than 20 paid hours a month does not count."),
    "weekly_hours": gettext_lazy("Instead of hours a month: × 52 ÷ 12."),
    "contract_kind": gettext_lazy("Permanent, temporary, on call, agency worker, intern …: decides who counts."),
    "employed_from": gettext_lazy("Decides who counts on the reference date."),
    "employed_until": gettext_lazy("The last day of the contract; empty without an end."),
    "days_per_week": gettext_lazy("Working days a week, such as 4 or 4,5."),
    "work_pattern": gettext_lazy(
        "The name of a work pattern, or fixed days such as Mon Tue Thu, 1,2,4 or Mon-Thu. Empty: Monday to Friday."
    ),
    "is_on_leave": gettext_lazy("Who is on leave gets no invitation."),
    "leave_until": gettext_lazy("The last day of leave; empty means until further notice."),
    "has_mobility_provision": gettext_lazy("Allowance, bicycle, car or ticket: decides whether you must report."),
    "has_fixed_workplace": gettext_lazy("Without one all travel is business travel: no invitation."),
    "name": gettext_lazy("Kept only when your organisation chooses so in the settings."),
    "birth_year": gettext_lazy("Kept only when your organisation chooses so in the settings."),
}
ROW_SENTENCES = {
    "birth_year_out_of_range": gettext_lazy("this year of birth cannot be right. Write four digits, such as 1985."),
    "control_characters": gettext_lazy("there are invisible characters in this cell. Type the text again."),
    "date_out_of_range": gettext_lazy("this date lies before 1900 or after 2199. Correct the year."),
    "days_out_of_range": gettext_lazy("a week has 0 to 7 days. Correct the number."),
    "duplicate_staff_number": gettext_lazy("this staff number is also on line %(detail)s. Keep one line per employee."),
    "ends_before_start": gettext_lazy("the last day lies before the first. Correct one of both dates."),
    "formula": gettext_lazy("there is a formula here. Put in the value itself: copy, then paste as values."),
    "formula_error": gettext_lazy("the formula gives an error here. Correct it, or put in the value itself."),
    "hours_out_of_range": gettext_lazy("more than 320 hours a month, or fewer than 0, cannot be. Correct the number."),
    "kvk_misses_zero": gettext_lazy("this KvK number has seven digits. Is a zero missing at the start?"),
    "month_and_day_swapped": gettext_lazy(
        "month and day seem to be swapped. Write day-month-year, such as 31-12-2026."
    ),
    "no_such_date": gettext_lazy("this date does not exist. Correct the day or the month."),
    "not_a_date": gettext_lazy("we do not recognise a date. Write it as 31-12-2026."),
    "not_a_kvk_number": gettext_lazy("this is not a KvK number. Write eight digits."),
    "not_a_number": gettext_lazy("this is not a number. Write digits, such as 36 or 28,5."),
    "not_a_postcode": gettext_lazy("this is not a Dutch postcode. Write it as 1234 AB, or leave the cell empty."),
    "not_an_email": gettext_lazy("this is not an e-mail address. Correct it, or leave the cell empty."),
    "not_yes_or_no": gettext_lazy("write yes or no here."),
    "number_rounded": gettext_lazy(
        "Excel has rounded this long number. Format the column as text and type the number again."
    ),
    "postcode_incomplete": gettext_lazy("the letters of the postcode are missing. Write it as 1234 AB."),
    "required": gettext_lazy("this cell is empty. Fill it in: we need it of every employee."),
    "too_long": gettext_lazy("this is longer than %(detail)s characters. Make it shorter."),
    "too_many_cells": gettext_lazy(
        "this line has more cells than the %(detail)s headers. Is there a separator inside a text?"
    ),
    "two_addresses": gettext_lazy("there are two addresses here. Put in one address per employee."),
    "two_digit_year": gettext_lazy("the year has two digits. Write four, such as 2026."),
    "unclear_secondment": gettext_lazy(
        "seconded to you or by you? Write “seconded to us”, “internal secondment” or the kind of contract."
    ),
    "unknown_contract_kind": gettext_lazy(
        "we do not know this kind of contract. Write for instance: permanent, fixed term, on call, intern."
    ),
    "unknown_language": gettext_lazy("we do not know this language. Write a code such as nl, en or pl."),
    "pattern_unknown": gettext_lazy(
        "we do not know this work pattern. Make it under Staff, Work patterns; or write the days, such as Mon Tue Thu."
    ),
    "kvk_missing": gettext_lazy("no KvK number here. Fill it in, or choose one for lines without at the columns."),
    "kvk_unknown": gettext_lazy(
        "this KvK number does not belong to your organisation. Correct it, or add it in the settings."
    ),
}
FILE_SENTENCES = {
    "broken_quotes": gettext_lazy(
        "On line %(detail)s a quotation mark is not closed. Correct that line, or save the file as XLSX."
    ),
    "damaged": gettext_lazy("This file is damaged. Open it in Excel, save it again as XLSX and try once more."),
    "empty": gettext_lazy("This file is empty. Choose the file with your staff."),
    "encrypted": gettext_lazy("This file has a password. Save it without a password and try again."),
    "header_missing": gettext_lazy("Line %(detail)s is empty. Choose the line with the names of the columns."),
    "no_rows": gettext_lazy("There are no rows below the header. Choose another header line or another file."),
    "not_a_table": gettext_lazy(
        "We find no table in this file. Choose an Excel file (XLSX) or a CSV file with columns."
    ),
    "old_excel": gettext_lazy("This is an old Excel file (XLS). Open it in Excel and save it as XLSX."),
    "sheet_missing": gettext_lazy("The sheet “%(detail)s” is not in this file. Choose another sheet."),
    "too_large": gettext_lazy("This file is too large (at most %(detail)s). Remove what is not staff, or split it."),
    "too_many_columns": gettext_lazy("This file has more than %(detail)s columns. Remove the columns we do not need."),
    "unsupported_format": gettext_lazy("We cannot read this kind of file. Save it as XLSX or CSV and try again."),
    "wrong_encoding": gettext_lazy("The file does not fit this character set (%(detail)s). Choose another one."),
    "interrupted": gettext_lazy("The work was interrupted three times. Try again; if it stays so, ask for help."),
}
MAPPING_SENTENCES = {
    "missing_field": gettext_lazy("Choose which column holds: %(field)s."),
    "column_twice": gettext_lazy("One column cannot hold two things. Choose another column for: %(field)s."),
    "unknown_column": gettext_lazy("That column is not in the file. Choose another column for: %(field)s."),
    "unknown_field": gettext_lazy("We do not know the field %(field)s. Choose one from the list."),
}
FIELD_TWICE = gettext_lazy("You chose %(field)s for two columns. Choose one of them.")


def field_label(name: str) -> str:
    return str(FIELD_LABELS.get(name, name))


def field_meanings() -> list[tuple[str, str]]:
    """Every field with what it is for, in the order of the file."""
    return [(field_label(column.name), str(FIELD_MEANINGS[column.name])) for column in COLUMNS]


def problem_sentence(*, code: str, detail: str = "") -> str:
    """What is wrong with a cell and what to do, beginning with a capital."""
    sentence = _filled(ROW_SENTENCES[code], detail=detail)
    return sentence[:1].upper() + sentence[1:]


def row_sentence(error: RowError) -> str:
    """The whole sentence: "Line 14, column E-mail: …"."""
    return _("Line %(line)s, column %(column)s: %(problem)s") % {
        "line": error.line,
        "column": error.column or _("(none)"),
        "problem": _filled(ROW_SENTENCES[error.code], detail=error.detail),
    }


def file_sentence(*, code: str, detail: str = "") -> str:
    if detail.isdecimal() and code == "too_large":
        detail = _("%(number)s rows") % {"number": number_format(int(detail))}
    return _filled(FILE_SENTENCES[code], detail=detail)


def mapping_sentence(problem: MappingProblem) -> str:
    return str(MAPPING_SENTENCES[problem.code]) % {"field": field_label(problem.field)}


def _filled(sentence: str | Promise, *, detail: str) -> str:
    return str(sentence) % {"detail": detail} if "%(detail)s" in str(sentence) else str(sentence)
