"""The compose file against a schema of the keys it may use, and against what the settings read."""

import os
import re
import subprocess
from typing import Any

import jsonschema
import pytest
import yaml
from django.conf import settings

from tests.docker.conftest import DOCKER

COMPOSE: dict[str, Any] = yaml.safe_load((DOCKER / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
ENTRYPOINT = (DOCKER / "entrypoint.sh").read_text()
EXAMPLE = (DOCKER / ".env.example").read_text()
OUR_IMAGE = "wpm-platform"
DURATION = {"type": "string", "pattern": r"^\d+(s|m)$"}
WORDS = {"type": "array", "items": {"type": "string"}, "minItems": 1}

# The part of https://github.com/compose-spec/compose-spec (schema/compose-spec.json) that is used here;
# a key outside it is a mistake, or is to be added with its type.
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "services", "volumes"],
    "patternProperties": {"^x-": {}},
    "properties": {
        "name": {"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]*$"},
        "volumes": {"type": "object", "additionalProperties": {"type": "object", "maxProperties": 0}},
        "services": {"type": "object", "additionalProperties": {"$ref": "#/$defs/service"}},
    },
    "$defs": {
        "service": {
            "type": "object",
            "additionalProperties": False,
            "anyOf": [{"required": ["image"]}, {"required": ["build"]}],
            "required": ["restart"],
            "properties": {
                "image": {"type": "string"},
                "build": {
                    "oneOf": [
                        {"type": "string"},
                        {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["context", "dockerfile"],
                            "properties": {"context": {"type": "string"}, "dockerfile": {"type": "string"}},
                        },
                    ]
                },
                "command": WORDS,
                "environment": {
                    "type": "object",
                    "patternProperties": {"^[A-Z][A-Z0-9_]*$": {"type": "string"}},
                    "additionalProperties": False,
                },
                "env_file": {"type": "string"},
                "depends_on": {
                    "type": "object",
                    "additionalProperties": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["condition"],
                        "properties": {"condition": {"enum": ["service_healthy", "service_completed_successfully"]}},
                    },
                },
                "healthcheck": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["test", "interval", "timeout", "retries"],
                    "properties": {
                        "test": WORDS,
                        "interval": DURATION,
                        "timeout": DURATION,
                        "start_period": DURATION,
                        "retries": {"type": "integer"},
                    },
                },
                "ports": WORDS,
                "volumes": WORDS,
                "tmpfs": WORDS,
                "cap_drop": WORDS,
                "security_opt": WORDS,
                "read_only": {"type": "boolean"},
                "init": {"type": "boolean"},
                "user": {"type": "string"},
                "shm_size": {"type": "string", "pattern": r"^\d+m$"},
                "stop_grace_period": DURATION,
                "restart": {"enum": ["no", "unless-stopped"]},
            },
        }
    },
}


def names(text: str, pattern: str) -> set[str]:
    return set(re.findall(pattern, text, flags=re.MULTILINE))


def ours() -> dict[str, dict[str, Any]]:
    return {name: service for name, service in SERVICES.items() if service.get("image") == OUR_IMAGE}


def test_the_file_keeps_to_the_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(COMPOSE, SCHEMA)


def test_the_services_are_these():
    assert set(SERVICES) == {"web", "worker", "beat", "migrate", "postgres", "pgbouncer", "redis"}
    assert set(ours()) == {"web", "worker", "beat", "migrate"}


@pytest.mark.parametrize("name", sorted(ours()))
def test_each_of_ours_starts_as_a_word_of_the_entrypoint(name):
    assert SERVICES[name]["command"] == [name]
    assert name in names(ENTRYPOINT, r"^([a-z-]+)\)$")


def test_only_known_names_are_set():
    known = settings.ENVIRONMENT | names(ENTRYPOINT, r"\$\{([A-Z_]+):-")
    for service in ours().values():
        assert set(service["environment"]) - known == set()
    pgbouncer = names((DOCKER / "pgbouncer" / "entrypoint.sh").read_text(), r"\$\{?([A-Z][A-Z_]+)")
    assert set(SERVICES["pgbouncer"]["environment"]) - pgbouncer == set()


def test_the_example_names_exactly_what_is_read():
    in_example = names(EXAMPLE, r"^#?([A-Z][A-Z0-9_]+)=")
    filled_into_compose = names((DOCKER / "compose.yaml").read_text(), r"\$\{([A-Z_]+)")
    read_by_entrypoint = names(ENTRYPOINT, r"\$\{([A-Z_]+):-") - {"PORT", "BEAT_FILE"}

    assert in_example == settings.ENVIRONMENT | filled_into_compose | read_by_entrypoint


def test_the_example_holds_no_secret():
    secrets = names(EXAMPLE, r"^[A-Z_]*(?:PASSWORD|KEY)=(.*)$")

    assert secrets == {""}


def test_everyone_waits_for_a_service_that_can_be_waited_for():
    for service in SERVICES.values():
        for needed, how in service.get("depends_on", {}).items():
            if how["condition"] == "service_healthy":
                assert "healthcheck" in SERVICES[needed]
            else:
                assert SERVICES[needed]["restart"] == "no"


def test_everything_that_keeps_running_says_whether_it_is_well():
    watched = {name for name, service in SERVICES.items() if "healthcheck" in service}

    assert watched == set(SERVICES) - {"migrate"}
    for name in set(ours()) - {"migrate"}:
        check = SERVICES[name]["healthcheck"]["test"]
        assert check == ["CMD", "/app/docker/entrypoint.sh", f"is-{name}-well"]
        assert f"\nis-{name}-well)\n" in ENTRYPOINT


def test_only_the_web_server_is_published_and_only_to_this_machine():
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}

    assert published == {"web": ["127.0.0.1:8000:8000"]}


def test_only_migrate_logs_in_as_the_owner_and_past_pgbouncer():
    logins = {
        name: re.sub(r"\$\{.*?\}", "…", service["environment"]["DATABASE_URL"]) for name, service in ours().items()
    }

    assert logins == {
        "web": "postgresql://wpm_app:…@pgbouncer:6432/wpm",
        "worker": "postgresql://wpm_app:…@pgbouncer:6432/wpm",
        "beat": "postgresql://wpm_app:…@pgbouncer:6432/wpm",
        "migrate": "postgresql://wpm_owner:…@postgres:5432/wpm",
    }


def test_images_are_pinned_to_a_patch_release():
    compose_images = {service["image"] for service in SERVICES.values() if "image" in service} - {OUR_IMAGE}
    dockerfiles = [DOCKER / "Dockerfile", DOCKER / "pgbouncer" / "Dockerfile"]
    bases = {base for path in dockerfiles for base in names(path.read_text(), r"^FROM (\S+)")}

    for image in compose_images | bases:
        assert re.fullmatch(r"[a-z]+:\d+\.\d+(\.\d+)?(-[a-z]+)*", image), image


@pytest.mark.parametrize("path", ["Dockerfile", "pgbouncer/Dockerfile"])
def test_containers_do_not_run_as_root(path):
    last_stage = (DOCKER / path).read_text().rpartition("\nFROM ")[2]
    users = re.findall(r"^USER (\S+)$", last_stage, flags=re.MULTILINE)

    assert len(users) == 1
    assert users[0] not in ("root", "0")


def test_ours_cannot_write_or_gain_rights():
    for service in ours().values():
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
        assert service["security_opt"] == ["no-new-privileges:true"]


def test_the_images_files_exist_in_the_project():
    copied = [
        source
        for line in re.findall(r"^COPY (?!--from)(.+)$", (DOCKER / "Dockerfile").read_text(), flags=re.MULTILINE)
        for source in line.split()[:-1]
    ]
    let_through = names((DOCKER / "Dockerfile.dockerignore").read_text(), r"^!(.+)$")

    assert [source for source in copied if not (DOCKER.parent / source).exists()] == []
    assert set(copied) == let_through


def test_pgbouncers_password_goes_into_its_user_list(tmp_path):
    # Stands for the server: prints what it was started with.
    (tmp_path / "pgbouncer").write_text('#!/bin/sh\ncat "$1"\n')
    (tmp_path / "pgbouncer").chmod(0o755)
    folder = tmp_path / "made"
    environment = {
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "PGBOUNCER_FOLDER": str(folder),
        "WPM_APP_PASSWORD": "secret",
    }

    printed = subprocess.run(
        [DOCKER / "pgbouncer" / "entrypoint.sh"], env=environment, capture_output=True, text=True, check=True
    )

    assert "pool_mode = transaction\n" in printed.stdout
    assert f"auth_file = {folder}/users.txt\n" in printed.stdout
    assert (folder / "users.txt").read_text() == '"wpm_app" "secret"\n'
    assert (folder / "users.txt").stat().st_mode & 0o077 == 0
