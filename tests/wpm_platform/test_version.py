"""The version that is kept with every report is the released one."""

import tomllib
from pathlib import Path

from wpm_platform import SOFTWARE_VERSION

PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"


def test_software_version_is_that_of_the_project():
    assert tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"] == SOFTWARE_VERSION
