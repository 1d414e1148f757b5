"""Reads where postcodes lie, from the files that are published about it.

GeoNames (`NL.zip`, `NL.txt`, `NL_full.csv.zip`: twelve fields between tabs, no header), CBS and PDOK (`.gpkg`, areas or
points), and any table as CSV or XLSX with a header that names a postcode and a place; each of them in a ZIP too.
"""

from surveys.domain.postcode_file.reading import PostcodeFileError, read_places

__all__ = ["PostcodeFileError", "read_places"]
