"""Run what is waiting in the queue here and now: for tests, and for loading the demonstration before a worker runs."""

import json
from collections.abc import Callable
from typing import Any

from asgiref.sync import async_to_sync
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.jobs import Job, Status


def run_waiting_jobs(*, failing: Callable[[Job, Exception], None] | None = None) -> int:
    """Run every due job, and those they defer, in the order they came; returns how many ran.

    A job that fails raises, unless ``failing`` takes the error. Periodic jobs are not started from here.
    """
    ran = 0
    while job := _next_job():
        ran += 1
        try:
            with transaction.atomic():
                app.tasks[job.task_name].func(**job.task_kwargs)
        except Exception as error:
            _finish(job, Status.FAILED)
            if failing is None:
                raise
            failing(job, error)
        else:
            _finish(job, Status.SUCCEEDED)
    return ran


def _next_job() -> Job | None:
    fetch: Any = async_to_sync(app.job_manager.fetch_job)
    job: Job | None = fetch(queues=None, worker_id=None)
    if job is not None and isinstance(job.task_kwargs, str):  # Django's connector hands the JSON over as text
        return job.evolve(task_kwargs=json.loads(job.task_kwargs))
    return job


def _finish(job: Job, status: Status) -> None:
    finish: Any = async_to_sync(app.job_manager.finish_job)
    finish(job, status=status, delete_job=False)
