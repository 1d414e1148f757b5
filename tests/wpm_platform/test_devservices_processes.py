"""Processes that live and end together, with real ones."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from wpm_platform.devservices.command import Stopped, ignoring_signals, run_command, stop_on_signals
from wpm_platform.devservices.development import (
    DEVELOPMENT,
    beat_command,
    development_environment,
    web_command,
    worker_command,
)
from wpm_platform.devservices.folders import PROJECT
from wpm_platform.devservices.processes import run_together
from wpm_platform.devservices.running import Running

PATIENCE_SECONDS = 30
STAYS = [sys.executable, "-c", "import signal; signal.pause()"]
SUPERVISOR = """
import sys
from pathlib import Path
from wpm_platform.devservices.processes import run_together
folder = Path(sys.argv[1])
with run_together({"stays": [sys.executable, "-c", "import signal; signal.pause()"]}, logs=folder) as processes:
    print(processes.pid("stays"), flush=True)
    processes.wait()
"""


@pytest.fixture(autouse=True)
def _handlers_as_before():
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def says(words: str) -> list[str]:
    return [sys.executable, "-c", f"print({words!r})"]


def test_the_first_to_end_is_named_with_its_exit_code(tmp_path):
    with run_together({"stays": STAYS, "ends": ["sh", "-c", "exit 3"]}, logs=tmp_path) as processes:
        assert processes.wait() == ("ends", 3)
        assert processes.ended() == {"ends": 3}


def test_each_writes_its_own_log(tmp_path):
    with run_together({"one": says("first")}, logs=tmp_path / "logs") as processes:
        processes.wait()
        processes.start("other", says("second"))

    assert processes.log("one").read_text() == "first\n"
    assert processes.log("other") == tmp_path / "logs" / "other.log"


def test_a_log_holds_both_outputs(tmp_path):
    script = ["sh", "-c", "echo out; echo err >&2"]
    with run_together({"both": script}, logs=tmp_path) as processes:
        processes.wait()

    assert (tmp_path / "both.log").read_text() == "out\nerr\n"


def test_echo_shows_every_line_after_its_name(tmp_path, capsys):
    with run_together({"web": says("line")}, logs=tmp_path, echo=True) as processes:
        processes.wait()

    assert capsys.readouterr().out == "   web | line\n"
    assert (tmp_path / "web.log").read_text() == "line\n"


def test_the_environment_is_the_one_given(tmp_path):
    script = [sys.executable, "-c", "import os; print(sorted(os.environ))"]
    with run_together({"one": script}, logs=tmp_path, environment={"LC_CTYPE": "C.UTF-8", "A": "1"}) as processes:
        processes.wait()

    assert (tmp_path / "one.log").read_text() == "['A', 'LC_CTYPE']\n"


def test_one_more_can_join(tmp_path):
    with run_together({}, logs=tmp_path) as processes:
        processes.start("late", says("here"))
        assert processes.wait() == ("late", 0)


def test_an_error_inside_stops_all_of_them(tmp_path):
    children = []

    def fail_inside() -> None:
        with run_together({"one": STAYS}, logs=tmp_path) as processes:
            children.append(Running.of(processes.pid("one")))
            assert children[0].is_alive()
            raise RuntimeError("inside")

    with pytest.raises(RuntimeError, match="inside"):
        fail_inside()

    assert children[0].is_alive() is False


def test_a_program_that_does_not_exist_stops_the_others(tmp_path):
    with pytest.raises((FileNotFoundError, PermissionError)), run_together({"no": ["no-such-program"]}, logs=tmp_path):
        pytest.fail("the block must not be entered")


def test_one_that_ignores_the_request_is_killed_and_its_children_too(tmp_path):
    told = tmp_path / "told"
    os.mkfifo(told)
    deaf = f"trap '' TERM; sleep 1000 & echo $! >{told}; wait"
    with run_together({"deaf": ["bash", "-c", deaf]}, logs=tmp_path) as processes:
        grandchild = Running.of(int(told.read_text()))
        child = Running.of(processes.pid("deaf"))
        assert (child.is_alive(), grandchild.is_alive()) == (True, True)
        processes.stop(patience=0.2)

    assert child.is_alive() is False
    assert wait_for_the_end_of(grandchild) is True


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_children_end_with_their_supervisor_however_it_ends(tmp_path, number):
    supervisor = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, str(tmp_path)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert supervisor.stdout is not None
    child = Running.of(int(supervisor.stdout.readline()))
    assert child.is_alive()

    supervisor.send_signal(number)
    supervisor.communicate(timeout=PATIENCE_SECONDS)

    assert wait_for_the_end_of(child) is True


def wait_for_the_end_of(process: Running) -> bool:
    try:
        ended = os.pidfd_open(process.pid)
    except ProcessLookupError:
        return True
    readable, _, _ = select.select([ended], [], [], PATIENCE_SECONDS)
    os.close(ended)
    return readable == [ended]


def test_signals_become_an_exception_with_the_shells_exit_code():
    stop_on_signals()

    with pytest.raises(Stopped) as stopped:
        signal.raise_signal(signal.SIGTERM)

    assert stopped.value.exit_code == 143


def test_tidying_up_is_not_disturbed():
    stop_on_signals()

    with ignoring_signals():
        signal.raise_signal(signal.SIGINT)

    with pytest.raises(Stopped):
        signal.raise_signal(signal.SIGINT)


def test_a_command_killed_by_a_signal_counts_as_the_shell_does():
    assert run_command(["sh", "-c", "kill -KILL $$"], environment=dict(os.environ)) == 137


def test_development_settings_give_way_to_those_that_are_set():
    settings = development_environment({"PORT": "8123", "WPM_DEBUG": "0"})

    assert settings == DEVELOPMENT | {"PORT": "8123", "WPM_DEBUG": "0", "WPM_BASE_URL": "http://localhost:8123"}


def test_the_three_commands_are_this_pythons():
    web = web_command(port=8123)
    commands = [web, worker_command(), beat_command(folder=Path("/run/wpm"))]

    assert [command[:3] for command in commands] == [
        [sys.executable, "-m", "gunicorn"],
        [sys.executable, "-m", "celery"],
        [sys.executable, "-m", "celery"],
    ]
    assert "--bind=127.0.0.1:8123" in web
    assert web_command(port=8123, reload=True) == [*web, "--reload", "--access-logfile=-"]
