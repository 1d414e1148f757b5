"""The web application for gunicorn."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wpm_platform.settings")
application = get_wsgi_application()
# Otherwise the first visitor waits for it.
import_module(settings.ROOT_URLCONF)
# What is loaded by now stays as long as the process: the garbage collector need not go through it again and again.
gc.collect()
gc.freeze()
