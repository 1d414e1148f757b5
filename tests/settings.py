"""The product's settings, with what only tests set."""

import os
from urllib.parse import urlsplit

TEST_ENVIRONMENT = {
    "WPM_SECRET_KEY": "tests-only-key-without-any-secret-in-it",
    "WPM_LINK_KEY": "tests-only-link-key",
    "WPM_ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "WPM_BASE_URL": "http://testserver",
    "WPM_FROM_EMAIL": "WPM <wpm@platform.example>",
    "WPM_EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
    "WPM_LOG_LEVEL": "WARNING",
    # A prepared list leaves at once; tests of undoing set their own wait.
    "WPM_MAIL_UNDO_MINUTES": "0",
}
for name, value in TEST_ENVIRONMENT.items():
    os.environ.setdefault(name, value)

from wpm_platform.settings import *  # noqa: E402, F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# A test empties its cache: each of the parallel test processes has a Redis database of its own.
_process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": urlsplit(REDIS_URL)._replace(path=f"/{1 + _process % 15}").geturl(),  # noqa: F405
    }
}
# Argon2 at full strength makes every login in a test take a tenth of a second.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Static files come from where they lie; nothing is collected for a test.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
