"""`python -m wpm_platform.demo`: the main job on a made-up employer, then the site to look around in."""

import argparse
import os
import sys

import django

from wpm_platform.demo.preparation import prepare
from wpm_platform.devservices.command import Stopped
from wpm_platform.devservices.development import DEFAULT_PORT
from wpm_platform.devservices.folders import PROJECT

FOLDER = PROJECT / ".run" / "demo"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m wpm_platform.demo", description=__doc__)
    parser.add_argument("--serve", action=argparse.BooleanOptionalAction, default=True, help="keep serving at the end")
    chosen = parser.parse_args()
    port = int(os.environ.get("PORT", DEFAULT_PORT))
    say("A fresh database and mail folder")
    os.environ.update(prepare(name="wpm_demo", folder=FOLDER, port=port))
    django.setup()
    # Only now may models be imported.
    from wpm_platform.demo.story import tell

    try:
        tell(folder=FOLDER, port=port, serves=chosen.serve, say=say)
    except Stopped as stopped:
        return 0 if chosen.serve else stopped.exit_code
    return 0


def say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
