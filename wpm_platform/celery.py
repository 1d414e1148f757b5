"""The Celery application: worker and beat."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wpm_platform.settings")

app = Celery("wpm_platform")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.on_after_finalize.connect
def set_beat_schedule(sender: Celery, **kwargs: object) -> None:
    """Beat only ticks, in UTC; which work is due stands in PostgreSQL."""
    from django.conf import settings

    sender.conf.beat_schedule = {
        "tick": {"task": "surveys.tick", "schedule": settings.TICK_SECONDS},
        "staff-tick": {"task": "surveys.staff_tick", "schedule": settings.TICK_SECONDS},
        "returns-tick": {"task": "mailing.tick", "schedule": settings.TICK_SECONDS},
        "mail-retention": {"task": "mailing.forget_old_mails", "schedule": crontab(hour=2, minute=30)},
        "reads-retention": {"task": "surveys.forget_person_reads", "schedule": crontab(hour=2, minute=45)},
        "patterns-retention": {"task": "surveys.forget_pattern_changes", "schedule": crontab(hour=2, minute=50)},
        "retention-tick": {"task": "reporting.retention_tick", "schedule": crontab(minute=20)},
        "forget-tick": {"task": "reporting.forget_tick", "schedule": settings.TICK_SECONDS},
        "estimation-tick": {"task": "reporting.estimation_tick", "schedule": settings.TICK_SECONDS},
        "prior-pooling": {"task": "reporting.pool_prior", "schedule": crontab(day_of_week="sun", hour=3, minute=10)},
        "deadline-tick": {"task": "reporting.deadline_tick", "schedule": crontab(hour=6, minute=40)},
        "notice-tick": {"task": "reporting.notice_tick", "schedule": settings.TICK_SECONDS},
        "mailing-tick": {"task": "organisations.tick", "schedule": settings.TICK_SECONDS},
    }
