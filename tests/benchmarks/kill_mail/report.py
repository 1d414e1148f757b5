"""The table that a run prints, and its verdict."""

from pathlib import Path

from tests.benchmarks.kill_mail.run import Outcome, Wanted
from tests.benchmarks.kill_mail.schedule import KillStage


def print_report(outcome: Outcome, *, wanted: Wanted, folder: Path) -> int:
    """Print what was counted. Returns the exit code: 0 when every promise was kept."""
    tally = outcome.tally
    print(f"\nSeed {wanted.seed}: {wanted.people} people, {outcome.seconds:.0f} s, logs in {folder}")
    _table("workers killed with SIGKILL", {str(stage): tally.kills[stage] for stage in KillStage})
    _table("and", {str(kind): count for kind, count in sorted(outcome.disturbances.items())})
    print(f"  whole workers among the killed: {outcome.whole_workers}, started again {outcome.workers_started_again}")
    _table("invitations not recorded as sent", tally.unsent_invitations)
    _table("reminders not recorded as sent, with the reason", tally.unsent_reminders)
    if outcome.missed:
        print(f"  attempts to kill that found nobody and were made again: {len(outcome.missed)}")
    repeats = f"{tally.repeats} (at most {tally.repeats_allowed}: kills between 250 and commit, COMMIT included)"
    for name, figure in (
        ("people invited", f"{tally.invited} of {tally.people}"),
        ("invitations repeated", repeats),
        ("repeats without a worker that died over the mail", len(tally.unexplained_repeats)),
        ("repeats under another Message-ID", len(tally.other_message_ids)),
        ("reminders sent twice", len(tally.reminders_twice)),
        ("people reminded", f"{tally.reminded}, not recorded as sent {sum(tally.unsent_reminders.values())}"),
        ("mails stuck", sum(tally.stuck.values())),
        ("kills", sum(tally.kills.values())),
        ("seconds", f"{outcome.seconds:.0f}"),
    ):
        print(f"figure: kill-mail seed {wanted.seed}: {name} {figure}")
    for problem in tally.problems:
        print(f"SHORT: {problem}")
    print("SHORT" if tally.problems else "All promises kept.", flush=True)
    return 1 if tally.problems else 0


def _table(title: str, counts: dict[str, int]) -> None:
    print(f"  {title}:")
    for name, count in counts.items():
        print(f"    {name:45} {count:6}")
