"""Settings from the environment fail loudly and say what to do."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from wpm_platform.environment import Environment


def test_missing_variable_names_itself():
    with pytest.raises(ImproperlyConfigured, match="Set the environment variable WPM_SECRET_KEY"):
        Environment(variables={}).text("WPM_SECRET_KEY")


@pytest.mark.parametrize(
    ("word", "expected"), [("1", True), ("yes", True), ("ON", True), ("0", False), ("", False), ("false", False)]
)
def test_truth(word, expected):
    assert Environment(variables={"WPM_DEBUG": word}).truth("WPM_DEBUG", default=False) is expected


def test_truth_refuses_other_words():
    with pytest.raises(ImproperlyConfigured, match="WPM_DEBUG is 'maybe'"):
        Environment(variables={"WPM_DEBUG": "maybe"}).truth("WPM_DEBUG", default=False)


def test_number_refuses_text():
    with pytest.raises(ImproperlyConfigured, match="write a whole number"):
        Environment(variables={"WPM_SMTP_PORT": "smtp"}).number("WPM_SMTP_PORT", default=25)


def test_words_are_separated_by_commas():
    assert Environment(variables={"HOSTS": "a.example, b.example,"}).words("HOSTS") == ["a.example", "b.example"]


def test_postgres_address_becomes_a_database_under_a_role():
    database = Environment(
        variables={"DATABASE_URL": "postgresql://wpm_app:p%40ss@db.example:6432/wpm?sslmode=require"}
    ).postgres("DATABASE_URL", role="wpm_app")
    assert {key: database[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "wpm",
        "USER": "wpm_app",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "6432",
    }
    assert database["OPTIONS"] == {"application_name": "wpm", "assume_role": "wpm_app", "sslmode": "require"}


def test_socket_address():
    database = Environment(variables={"DATABASE_URL": "postgresql:///wpm?host=/run/postgresql&port=5433"}).postgres(
        "DATABASE_URL", role="none"
    )
    assert (database["HOST"], database["PORT"]) == ("/run/postgresql", "5433")
    assert database["OPTIONS"] == {"application_name": "wpm"}


def test_other_engines_are_refused():
    with pytest.raises(ImproperlyConfigured, match="PostgreSQL is the one engine"):
        Environment(variables={"DATABASE_URL": "sqlite:///x.db"}).postgres("DATABASE_URL", role="wpm_app")


def test_names_asked_for_are_known():
    environment = Environment(variables={"A": "1"})
    environment.text("A")
    environment.text("B", "default")
    assert environment.asked_for == {"A", "B"}
