"""The only place that reads the system clock; everything below takes time as an argument."""

import datetime

from django.utils import timezone


def now() -> datetime.datetime:
    """The current moment, in UTC."""
    return timezone.now()


def today() -> datetime.date:
    """The current date in the Netherlands."""
    return timezone.localdate(timezone.now())
