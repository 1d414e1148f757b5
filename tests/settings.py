"""The product's settings, with what only tests set."""

import os

TEST_ENVIRONMENT = {
    "WPM_SECRET_KEY": "tests-only-key-without-any-secret-in-it",
    "WPM_LINK_KEY": "tests-only-link-key",
    "WPM_ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "WPM_BASE_URL": "http://testserver",
    "WPM_FROM_EMAIL": "WPM <wpm@platform.example>",
    "WPM_EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
    "WPM_LOG_LEVEL": "WARNING",
}
for name, value in TEST_ENVIRONMENT.items():
    os.environ.setdefault(name, value)

from wpm_platform.settings import *  # noqa: E402, F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Argon2 at full strength makes every login in a test take a tenth of a second.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Static files come from where they lie; nothing is collected for a test.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
