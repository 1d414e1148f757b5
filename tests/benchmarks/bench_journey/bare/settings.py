"""The product's own settings, with an address more behind all its middleware: a page that does hardly anything."""

from wpm_platform.settings import *  # noqa: F403 (all of them, as Django's settings are names)

INSTALLED_APPS = [*INSTALLED_APPS, "tests.benchmarks.bench_journey.bare"]  # noqa: F405 (from the line above)
ROOT_URLCONF = "tests.benchmarks.bench_journey.bare.urls"
