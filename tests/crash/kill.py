"""Kill the clerk at a random moment, open the office again, and see what became of every act."""

import json
import random
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from counter_app.desk import paper
from counter_app.domain.refusals import Refused
from counter_app.store import checking, journal
from tests.crash.window import work
from tests.offices import NOW, copied, open_desk, signed_in
from tests.program import Program

WHOLLY_EVERY = 10


@dataclass
class Outcome:
    """What many kills did. ``uncertain_max``: acts recorded but not acknowledged, at most in one kill."""

    kills: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    corrupt: list[str] = field(default_factory=list)
    uncertain_max: int = 0
    not_offered: list[str] = field(default_factory=list)


def killed_run(folder: Path, seed: int, wait: float, now: datetime) -> list[dict[str, str]]:
    """Let the clerk work for ``wait`` seconds after it is ready, kill it, and return its lines."""
    clerk = Program(before=partial(work, folder, seed, now))
    lines = [json.loads(clerk.output.readline() or b"{}")]
    if lines != [{"ready": True}]:
        raise AssertionError(f"the clerk did not come to work: {lines} {clerk.ended().stderr}")
    alarm = threading.Timer(wait, clerk.kill)
    alarm.start()
    written = clerk.ended().stdout
    alarm.join()
    return [json.loads(line) for line in written.splitlines()]


def examine(
    folder: Path, lines: list[dict[str, str]], now: datetime, outcome: Outcome, *, wholly: bool
) -> None:
    """Open what the kill left and settle every act of the run.

    Opening looks at pages, newest entries, serials and second file; ``wholly``: at all of it, as
    ``counter-app verify`` does, which takes the longer the more was recorded.
    """
    asked = [UUID(line["asked"]) for line in lines if "asked" in line]
    done = {UUID(line["done"]): line["number"] for line in lines if "done" in line}
    outcome.kills += 1
    outcome.acknowledged += len(done)
    try:
        desk = open_desk(folder, now)
    except Refused as refused:
        outcome.corrupt.append(repr(refused))
        return
    try:
        with desk.book.reading() as connection:
            recorded = {act for act in asked if journal.entry_of_act(connection, act) is not None}
        if wholly:
            outcome.corrupt += map(str, checking.check(desk.book).faults)
        outcome.lost += [number for act, number in done.items() if act not in recorded]
        uncertain = recorded - done.keys()
        outcome.uncertain_max = max(outcome.uncertain_max, len(uncertain))
        session = signed_in(desk, now=now)
        offered = {job.job for job in paper.in_doubt(desk, session)}
        outcome.not_offered += [str(act) for act in recorded if act not in offered]
    finally:
        desk.book.close()


def kill_many(kills: int, seed: int = 1) -> Outcome:
    """Kill the same office again and again at random moments; it only ever grows."""
    outcome = Outcome()
    dice = random.Random(seed)
    with TemporaryDirectory(prefix="counter-crash-") as scratch:
        folder = copied(Path(scratch))
        for run in range(kills):
            now = NOW + timedelta(minutes=run)  # 500 runs stay within the day of one drawer
            lines = killed_run(folder, dice.getrandbits(32), dice.uniform(0.001, 0.15), now)
            wholly = run == kills - 1 or run % WHOLLY_EVERY == WHOLLY_EVERY - 1
            examine(folder, lines, now + timedelta(seconds=50), outcome, wholly=wholly)
    return outcome
