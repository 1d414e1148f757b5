"""Hands work to the background by task name, after the transaction has committed."""

from functools import partial
from typing import Any

from celery import current_app
from django.db import transaction


def enqueue(task_name: str, **arguments: Any) -> None:
    """Send the task `task_name` with keyword arguments (ids only) once the current transaction commits.

    Redis may lose the message: whatever must happen for certain is also a row that a tick finds.
    """
    transaction.on_commit(partial(current_app.send_task, task_name, kwargs=arguments))
