"""One lane of the random driver: rounds on a database of its own."""

import random
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.concurrency import checks
from tests.concurrency.children import Child, Ended, Host, Step, do, start
from tests.concurrency.points import Blow, How, waits_for_lock
from tests.concurrency.stories import STORIES, Story, World, jobs, let_time_pass

SKEWS = [timedelta(), timedelta(), timedelta(minutes=-5), timedelta(minutes=5), timedelta(hours=1)]
HOWS = ["kill"] * 6 + ["kill beside a twin"] * 2 + ["hang beside a twin", "cut the database"]


@dataclass(frozen=True)
class Narrowed:
    """What is drawn from, where it is not everything: stories, steps and ways by name, points by how they begin."""

    story: Sequence[str] = ()
    step: Sequence[str] = ()
    how: Sequence[str] = ()
    point: str = ""


@dataclass(frozen=True)
class Plan:
    """One round, drawn from the seed and the round's number: which point of whose step, how, under which clocks."""

    story: str
    step: str
    number: int
    how: str
    skew: dict[Host, timedelta]

    def __str__(self) -> str:
        clocks = ", ".join(f"{host} clock {by.total_seconds():+.0f} s" for host, by in self.skew.items() if by)
        return f"{self.how} in “{self.story}”, step “{self.step}”" + (f" ({clocks})" if clocks else "")


class Fault(AssertionError):
    """Something was lost or doubled, or somebody was left without an answer."""


class Lane:
    """Tells stories and kills processes in them; ``count`` says what was done."""

    def __init__(self, seed: int, world: World, data: Path, only: Narrowed = Narrowed()) -> None:
        self.seed, self.world, self.data, self.only = seed, world, data, only
        self.stories = {story.name: story for story in STORIES if story.name in only.story or not only.story}
        self.traces: dict[str, dict[str, list[str]]] = {}
        self.count: Counter[str] = Counter()
        self.struck = ""

    def round(self, number: int) -> None:
        """One story with one blow. Raises Fault with the plan and what is wrong."""
        self.count["rounds"] += 1
        self.struck = ""
        plan: Plan | str = "nobody dies"
        try:
            plan = drawn = self._plan(random.Random(f"{self.seed}:{number}"))
            self._tell(self.stories[drawn.story](self.world), drawn)
        except Exception as wrong:
            raise Fault(f"round {number}: {plan}, {self.struck or 'no point reached'}:\n{_reason(wrong)}") from wrong

    def _plan(self, chance: random.Random) -> Plan:
        kind = self.stories[chance.choice(list(self.stories))]
        trace = self._rehearsed(kind)
        step = chance.choice([name for name in trace if name in self.only.step or not self.only.step])
        points = [number for number, name in enumerate(trace[step]) if name.startswith(self.only.point)]
        return Plan(
            story=kind.name,
            step=step,
            number=chance.choice(points),
            how=chance.choice(self.only.how or HOWS),
            skew={host: chance.choice(SKEWS) for host in Host},
        )

    def _rehearsed(self, kind: type[Story]) -> dict[str, list[str]]:
        """The points of each step, from one telling in which nobody dies."""
        if kind.name not in self.traces:
            story = kind(self.world)
            ended = do(story.steps(), data=self.data)
            _require_quiet(ended)
            self.traces[kind.name] = ended.passed
            self._check(story)
        return self.traces[kind.name]

    def _tell(self, story: Story, plan: Plan) -> None:
        steps = story.steps()
        how = {"kill": How.KILL, "cut the database": How.CUT}.get(plan.how, How.FREEZE)
        blow = Blow(how, number=plan.number, step=plan.step)
        child = start(steps, data=self.data, blow=blow, skew=plan.skew)
        try:
            if how is How.FREEZE:
                child.until(lambda: child.is_frozen)
                if not child.has_ended:
                    step = next(step for step in steps if step.name == plan.step)
                    self._beside_a_twin(child, step, plan)
            ended = child.end()
        finally:
            child.kill()
        self.struck = " at ".join(ended.struck[::-1]) if ended.struck else ""
        self.count["killed"] += ended.was_killed
        self.count[plan.how] += bool(ended.struck)
        excused = plan.how == "cut the database" or self._was_replaced(plan, steps)
        if not ended.was_killed and not excused:
            _require_quiet(ended)
        self._recover(steps, ended.answers, plan)
        self._check(story)

    def _beside_a_twin(self, child: Child, step: Step, plan: Plan) -> None:
        """The same is done again while the first hangs; then the first dies, or goes on as if nothing had been."""
        again = [Step(step.name, step.twin or step.do, step.host)]
        twin = start(again, child.said().answers, data=self.data, skew=plan.skew)
        twin.until(waits_for_lock)
        if plan.how == "kill beside a twin":
            child.kill()
        else:
            child.wake()
        _require_quiet(twin.end())

    def _was_replaced(self, plan: Plan, steps: Sequence[Step]) -> bool:
        """A worker that hung so long that another took its place: Procrastinate ends it, and it is started anew."""
        hung = plan.how == "hang beside a twin"
        return hung and any(step.host is Host.WORKER and step.name == plan.step for step in steps)

    def _recover(self, steps: Sequence[Step], answers: dict[str, Any], plan: Plan) -> None:
        """The worker is started anew; people do again what they were not answered; until nothing waits."""
        let_time_pass()
        later = Step("later", lambda _known: let_time_pass(), Host.WORKER)  # a fast clock puts rescued jobs off
        left = [step for step in steps if step.name not in answers or step.host is Host.WORKER]
        again = [jobs("new worker"), later, jobs("after a while"), *left]
        _require_quiet(do(again, answers, data=self.data, skew=plan.skew))

    def _check(self, story: Story) -> None:
        for _later in range(3):  # what failed for want of a database is tried again later
            if checks.waiting_jobs():
                let_time_pass()
                _require_quiet(do([jobs()], data=self.data))
        checks.nothing_waits()
        checks.rows_agree()
        story.check()
        checks.mails_went_out()
        checks.no_file_is_left_over()
        checks.execute("DELETE FROM procrastinate_jobs WHERE status = 'succeeded'")


def _require_quiet(ended: Ended) -> None:
    """It came to its end, and nobody was refused or saw an error."""
    said = ended.error or ended.refusal
    assert ended.status == 0, f"a process ended with {ended.status}: {said}"
    assert not said, said


def _reason(wrong: BaseException) -> str:
    return f"{type(wrong).__name__}: {wrong}" if str(wrong) else "".join(traceback.format_exception(wrong)[-3:])
