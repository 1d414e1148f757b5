"""Mail providers that report back by signed requests: which settings each wants, from the environment.

A provider is one word in WPM_MAIL_PROVIDER. Without one, mail leaves by SMTP and bounces come back by mail.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from wpm_platform.environment import Environment

SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


@dataclass(frozen=True, kw_only=True)
class MailProvider:
    """Names in anymail's settings for what we ask under one name for all; empty when the provider wants none.

    secret: what proves that a report is the provider's, a signing key or "user:password". view: anymail's class
    that checks and reads a report.
    """

    backend: str
    view: str
    key: str
    secret: str
    domain: str = ""
    url: str = ""


MAIL_PROVIDERS = {
    "mailgun": MailProvider(
        backend="anymail.backends.mailgun.EmailBackend",
        view="anymail.webhooks.mailgun.MailgunTrackingWebhookView",
        key="MAILGUN_API_KEY",
        secret="MAILGUN_WEBHOOK_SIGNING_KEY",  # noqa: S106  # the name of a setting
        domain="MAILGUN_SENDER_DOMAIN",
        url="MAILGUN_API_URL",
    ),
    "mailersend": MailProvider(
        backend="anymail.backends.mailersend.EmailBackend",
        view="anymail.webhooks.mailersend.MailerSendTrackingWebhookView",
        key="MAILERSEND_API_TOKEN",
        secret="MAILERSEND_SIGNING_SECRET",  # noqa: S106
    ),
    "postmark": MailProvider(
        backend="anymail.backends.postmark.EmailBackend",
        view="anymail.webhooks.postmark.PostmarkTrackingWebhookView",
        key="POSTMARK_SERVER_TOKEN",
        secret="WEBHOOK_SECRET",  # noqa: S106
    ),
    "brevo": MailProvider(
        backend="anymail.backends.brevo.EmailBackend",
        view="anymail.webhooks.brevo.BrevoTrackingWebhookView",
        key="BREVO_API_KEY",
        secret="WEBHOOK_SECRET",  # noqa: S106
    ),
    "postal": MailProvider(
        backend="anymail.backends.postal.EmailBackend",
        view="anymail.webhooks.postal.PostalTrackingWebhookView",
        key="POSTAL_API_KEY",
        secret="POSTAL_WEBHOOK_KEY",  # noqa: S106
        url="POSTAL_API_URL",
    ),
}


def provider_settings(env: Environment) -> tuple[str, str, dict[str, Any]]:
    """The provider's name ("" for none), Django's mail backend, and anymail's settings.

    Raises ImproperlyConfigured for an unknown provider or a secret that is missing: without it anybody could
    report a bounce.
    """
    name = env.text("WPM_MAIL_PROVIDER", "").lower()
    given = {
        "key": env.text("WPM_MAIL_PROVIDER_KEY", ""),
        "secret": env.text("WPM_MAIL_PROVIDER_SECRET", ""),
        "domain": env.text("WPM_MAIL_PROVIDER_DOMAIN", ""),
        "url": env.text("WPM_MAIL_PROVIDER_URL", ""),
    }
    if not name:
        return "", SMTP_BACKEND, {}
    provider = MAIL_PROVIDERS.get(name)
    if provider is None:
        raise ImproperlyConfigured(f"WPM_MAIL_PROVIDER is {name!r}; it may be {', '.join(sorted(MAIL_PROVIDERS))}.")
    for part in ("key", "secret"):
        if not given[part]:
            raise ImproperlyConfigured(f"Set WPM_MAIL_PROVIDER_{part.upper()}: {name} does not work without it.")
    if provider.secret == "WEBHOOK_SECRET" and ":" not in given["secret"]:  # noqa: S105
        raise ImproperlyConfigured("WPM_MAIL_PROVIDER_SECRET must be user:password, as in the address of the webhook.")
    settings = {getattr(provider, part): value for part, value in given.items() if value and getattr(provider, part)}
    return name, provider.backend, settings
