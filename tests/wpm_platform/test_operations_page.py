"""docs/operations.md explains every setting, and only those."""

import re

from django.conf import settings

from wpm_platform.devservices.folders import PROJECT


def test_the_table_of_settings_is_complete():
    page = (PROJECT / "docs" / "operations.md").read_text(encoding="utf-8")
    table = page.partition("## Settings")[2].partition("\n## ")[0]
    first_cells = re.findall(r"^\| (`[^|]+`) \|", table, flags=re.MULTILINE)

    explained = {name for cell in first_cells for name in re.findall(r"`([A-Z_]+)`", cell)}

    assert explained == settings.ENVIRONMENT
