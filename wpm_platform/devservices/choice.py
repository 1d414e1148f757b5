"""Which servers a run may use."""

from enum import StrEnum


class Choice(StrEnum):
    """`WPM_SERVICES` and `--prefer`; every value but AUTO overrules DATABASE_URL and REDIS_URL."""

    AUTO = "auto"  # what the environment names, else what answers here, else own servers
    OWN = "own"  # own servers, from the system's programs or else from the wheels
    SYSTEM = "system"  # own servers, from the system's programs only
    WHEEL = "wheel"  # own servers, from the wheels only


class NoServer(Exception):
    """No usable server and no program to start one with; the message says what to install."""
