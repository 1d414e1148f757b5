"""Settings of the worker and beat processes that a test starts: the test's database, wire and clock."""

import os
from datetime import datetime

from tests.settings import *  # noqa: F403

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = os.environ["WPM_EMAIL_FOLDER"]
# Apart from whatever else uses this Redis.
CELERY_BROKER_TRANSPORT_OPTIONS = {"global_keyprefix": os.environ["TEST_KEY_PREFIX"], "visibility_timeout": 10}
TICK_SECONDS = 1

if "TEST_CLOCK" in os.environ:
    import time_machine

    time_machine.travel(datetime.fromisoformat(os.environ["TEST_CLOCK"]), tick=True).start()
