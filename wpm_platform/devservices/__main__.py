"""`python -m wpm_platform.devservices run [--prefer auto|own|system|wheel] -- COMMAND …`."""

import argparse
import os
import sys
from pathlib import Path

from wpm_platform.devservices.choice import Choice, NoServer
from wpm_platform.devservices.command import Stopped, run_command, stop_on_signals
from wpm_platform.devservices.development import development_environment
from wpm_platform.devservices.folders import FolderNotOurs
from wpm_platform.devservices.lease import keep
from wpm_platform.devservices.server_program import ServerDidNotStart
from wpm_platform.devservices.services import services


def main(arguments: list[str] | None = None) -> int:
    parsed = _parser().parse_args(arguments)
    if parsed.what == "keep":
        keep(parsed.folder)
        return 0
    stop_on_signals()
    try:
        with services(parsed.prefer) as addresses:
            environment = os.environ | addresses
            if parsed.development:
                environment = development_environment(environment)
            return run_command(parsed.command, environment=environment)
    except (NoServer, ServerDidNotStart, FolderNotOurs) as problem:
        print(f"devservices: {problem}", file=sys.stderr)
        return 1
    except Stopped as stopped:
        return stopped.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m wpm_platform.devservices", description=__doc__)
    subcommands = parser.add_subparsers(dest="what", required=True)
    run = subcommands.add_parser("run", help="run a command with DATABASE_URL and REDIS_URL set")
    run.add_argument(
        "--prefer",
        type=Choice,
        choices=list(Choice),
        default=os.environ.get("WPM_SERVICES", Choice.AUTO),
        help="which servers to use (or the environment's WPM_SERVICES); see docs/operations.md",
    )
    run.add_argument(
        "--development",
        action="store_true",
        help="also set what the settings ask for, to values for development",
    )
    run.add_argument("command", nargs="+", metavar="COMMAND")
    # The keeper is for the lease alone; it is started by `run` and ends by itself.
    keeper = subcommands.add_parser("keep")
    keeper.add_argument("folder", type=Path)
    return parser


if __name__ == "__main__":
    sys.exit(main())
