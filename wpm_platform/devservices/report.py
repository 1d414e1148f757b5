"""The lines that tell a developer which servers are used, and why."""

import sys


def say(sentence: str) -> None:
    """Write one line to standard error, so that a command's own output stays clean."""
    print(f"devservices: {sentence}", file=sys.stderr, flush=True)
