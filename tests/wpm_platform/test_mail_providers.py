"""A mail provider is chosen by environment; without its secret the program does not start."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from wpm_platform.environment import Environment
from wpm_platform.mail_providers import MAIL_PROVIDERS, SMTP_BACKEND, provider_settings

NAMES = {f"WPM_MAIL_PROVIDER{part}" for part in ("", "_KEY", "_SECRET", "_DOMAIN", "_URL")}


def chosen(**variables):
    return provider_settings(Environment(variables={f"WPM_MAIL_PROVIDER{k}": v for k, v in variables.items()}))


def test_without_a_provider_mail_leaves_by_smtp_and_every_name_is_asked_for():
    env = Environment(variables={})
    assert provider_settings(env) == ("", SMTP_BACKEND, {})
    assert env.asked_for == NAMES


def test_a_provider_gets_the_settings_that_it_wants_and_no_others():
    variables = {"": "Mailgun", "_KEY": "k", "_SECRET": "s", "_DOMAIN": "mg.wpm.example", "_URL": "https://eu.example"}
    assert chosen(**variables) == (
        "mailgun",
        "anymail.backends.mailgun.EmailBackend",
        {
            "MAILGUN_API_KEY": "k",
            "MAILGUN_WEBHOOK_SIGNING_KEY": "s",
            "MAILGUN_SENDER_DOMAIN": "mg.wpm.example",
            "MAILGUN_API_URL": "https://eu.example",
        },
    )
    assert chosen(**{"": "postmark", "_KEY": "k", "_SECRET": "a:b", "_DOMAIN": "unused"})[2] == {
        "POSTMARK_SERVER_TOKEN": "k",
        "WEBHOOK_SECRET": "a:b",
    }


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"": "carrier-pigeon"}, "it may be brevo, mailersend, mailgun, postal, postmark"),
        ({"": "mailgun", "_SECRET": "s"}, "Set WPM_MAIL_PROVIDER_KEY"),
        ({"": "mailgun", "_KEY": "k"}, "Set WPM_MAIL_PROVIDER_SECRET"),
        ({"": "brevo", "_KEY": "k", "_SECRET": "no-colon"}, "user:password"),
    ],
)
def test_what_is_missing_is_said(variables, said):
    with pytest.raises(ImproperlyConfigured, match=said):
        chosen(**variables)


@pytest.mark.parametrize("name", sorted(MAIL_PROVIDERS))
def test_each_provider_is_one_that_the_library_has(name):
    provider = MAIL_PROVIDERS[name]
    assert [import_string(provider.backend).esp_name.lower(), import_string(provider.view).esp_name.lower()] == [
        name
    ] * 2
