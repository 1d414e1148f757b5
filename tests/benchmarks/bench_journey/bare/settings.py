"""The product's own settings and middleware, with one other address: what a page costs that does hardly anything."""

from wpm_platform.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.benchmarks.bench_journey.bare"]  # noqa: F405
ROOT_URLCONF = "tests.benchmarks.bench_journey.bare.urls"
