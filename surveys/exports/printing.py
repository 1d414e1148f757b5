"""What slips and posters are set from: templates, and QR codes."""

from pathlib import Path
from typing import Any

import segno

from wpm_platform import printing

TEMPLATES = Path(__file__).parent / "typst"


def pdf_of(template: str, **inputs: dict[str, Any]) -> bytes:
    """The PDF of one of this app's templates; see `wpm_platform.printing`."""
    return printing.pdf_of(TEMPLATES / template, **inputs)


def qr_svg(address: str) -> str:
    """A QR code of the address as SVG; medium correction, so that a fold or a stain does no harm."""
    return str(segno.make_qr(address, error="m").svg_inline(border=2))
