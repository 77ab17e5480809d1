"""The job worker: runs what was deferred to the database, until it is asked to stop."""

from procrastinate.contrib.django import app

CONCURRENCY = 2
GRACE_SECONDS = 30.0  # what a job may take to finish after the worker was asked to stop


def run() -> None:
    """Work until SIGTERM or SIGINT; Django must be set up.

    The worker has a connector of its own. Replacing the app's, as Procrastinate's own command does, would let what
    a job defers escape the transaction it belongs to.
    """
    own = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    own.run_worker(concurrency=CONCURRENCY, listen_notify=True, shutdown_graceful_timeout=GRACE_SECONDS)
