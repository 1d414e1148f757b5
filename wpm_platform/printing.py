"""Sets pages with typst: from a template and plain data to a PDF that screen readers can read (PDF/UA-1)."""

import json
from pathlib import Path
from typing import Any

import typst


def pdf_of(template: Path, **inputs: dict[str, Any]) -> bytes:
    """The PDF: the same template and inputs always give the same bytes.

    inputs: by name, reach the template as JSON, so that no name or text is ever read as markup. Only the fonts inside
    typst are used, so that a page looks the same on every machine.
    """
    page: bytes = typst.compile(
        template.read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={name: json.dumps(each, ensure_ascii=False) for name, each in inputs.items()},
        pdf_standards=["ua-1"],
    )
    return page
