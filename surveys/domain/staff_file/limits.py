"""How large a staff file may be: above these it is refused, before memory is spent on it."""

MAX_BYTES = 32 * 1024 * 1024
MAX_INFLATED_BYTES = 400 * 1024 * 1024
"""All parts of a workbook together, unpacked. 100 000 rows of 16 columns take 80 MB."""
MAX_ROWS = 250_000
MAX_COLUMNS = 500
MAX_AREA = 6_000_000
"""Rows times columns: the reader keeps 32 bytes for each cell of that rectangle, filled or not."""

MAX_HEADER_LENGTH = 120
MAX_SHOWN_VALUE = 80
"""Of a wrong value this much is repeated in the error."""
HEADER_SEARCH_LINES = 50
SAMPLE_ROWS = 5
