"""Settings of a worker process under test: a killed worker counts as dead soon, and mail goes into a folder."""

from touchstone.config.test_settings import *  # noqa: F403

PROCRASTINATE_WORKER_DEFAULTS = {"update_heartbeat_interval": 0.5, "stalled_worker_timeout": 2}
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": DATA / "mail"},  # noqa: F405
    }
}
