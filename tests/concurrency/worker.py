"""A real job worker in a process of its own, which may be told to kill itself at one moment of one function.

``python -m tests.concurrency.worker [MOMENT MODULE:FUNCTION]``
"""

import functools
import os
import signal
import sys
from importlib import import_module
from typing import Any

from tests.concurrency.harness import Moment


def main(*kill: str) -> None:
    from touchstone.config import preparation, worker

    preparation.open_django()
    if kill:
        _die(Moment(kill[0]), *kill[1].split(":"))
    worker.run()


def _die(moment: Moment, module: str, function: str) -> None:
    """Wrap ``module.function`` so that this process is killed the first time it gets there."""
    from django.db import transaction

    *path, name = function.split(".")
    owner = functools.reduce(getattr, path, import_module(module))
    work = getattr(owner, name)

    @functools.wraps(work)
    def deadly(*args: Any, **facts: Any) -> Any:
        if moment is Moment.BEFORE:
            _kill()
        answer = work(*args, **facts)
        if moment is Moment.AFTER:
            _kill()
        transaction.on_commit(_kill)
        return answer

    setattr(owner, name, deadly)


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
