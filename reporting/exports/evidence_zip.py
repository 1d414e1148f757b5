"""The evidence as one file: a ZIP whose bytes depend on its members alone, with the hash of each member inside.

Nothing is compressed, so that no version of a compressor changes a byte.
"""

import hashlib
import io
import zipfile
from collections.abc import Mapping

FIXED_MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can hold
READABLE_FILE = 0o100644 << 16
UNIX = 3

READ_ME = "LEESMIJ.txt"
DOCUMENT = "onderbouwing.json"
DOCUMENT_SCHEMA = "onderbouwing.schema.json"
REPORT_SCHEMA = "rapport.schema.json"
REPORT_PDF, REPORT_XLSX, REPORT_CSV = "rapport.pdf", "rapport.xlsx", "rapport.csv"
HASHES = "SHA256SUMS"
MEMBERS = (READ_ME, REPORT_PDF, REPORT_XLSX, REPORT_CSV, DOCUMENT, DOCUMENT_SCHEMA, REPORT_SCHEMA)


def evidence_zip(members: Mapping[str, bytes]) -> bytes:
    """The members in the order given, with their hashes as `SHA256SUMS` at the end."""
    return zip_bytes({**members, HASHES: hash_list(members)})


def hash_list(members: Mapping[str, bytes]) -> bytes:
    """One line per member, as `sha256sum --check` reads it."""
    return "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in members.items()).encode()


def zip_bytes(members: Mapping[str, bytes]) -> bytes:
    """A ZIP of the members as they are: the same members always give the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, date_time=FIXED_MOMENT)
            entry.create_system, entry.external_attr = UNIX, READABLE_FILE
            archive.writestr(entry, content)
    return stream.getvalue()
