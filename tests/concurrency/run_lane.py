"""Runs one lane: ``python -m tests.concurrency.run_lane``, with DATABASE_URL and TOUCHSTONE_DATA of its own.

tests.concurrency.random_kills starts it and reads the line of JSON it ends with.
"""

import argparse
import json
import sys
import time
from pathlib import Path

from touchstone.config import preparation


def main() -> int:
    asked = _asked()
    preparation.open_django()
    from django.conf import settings

    from tests.concurrency import mutations, stories
    from tests.concurrency.lane import Fault, Lane, Narrowed

    stories.warm_up()
    only = Narrowed(asked.story, asked.step, asked.how, asked.point)
    lane = Lane(asked.seed, stories.settle(), Path(settings.DATA), only)
    if asked.mutation:
        mutations.MUTATIONS[asked.mutation]()
    begin, faults = time.monotonic(), []
    rounds = range(asked.lane, asked.rounds, asked.lanes) if asked.round is None else [asked.round]
    for number in rounds:
        try:
            lane.round(number)
        except Fault as fault:
            faults.append(str(fault))
            break
        if lane.count["killed"] >= asked.kills or time.monotonic() > begin + asked.seconds:
            break
    print(json.dumps({"count": lane.count, "faults": faults}))
    return 1 if faults else 0


def _asked() -> argparse.Namespace:
    reader = argparse.ArgumentParser()
    reader.add_argument("--kills", type=int, required=True)
    reader.add_argument("--seed", type=int, required=True)
    reader.add_argument("--lane", type=int, default=0)
    reader.add_argument("--lanes", type=int, default=1)
    reader.add_argument("--seconds", type=float, default=3600)
    reader.add_argument("--rounds", type=int, default=1_000_000)
    reader.add_argument("--round", type=int)
    for name in ("story", "step", "how"):
        reader.add_argument(f"--{name}", action="append", default=[])
    reader.add_argument("--point", default="")
    reader.add_argument("--mutation", default="")
    return reader.parse_args()


if __name__ == "__main__":
    sys.exit(main())
