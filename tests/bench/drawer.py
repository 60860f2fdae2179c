"""The money drawer: a day of two thousand receipts, double clicks, numbers, and whole days at random."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from counter_app import demo
from counter_app.demo.staff import SUPERVISOR
from counter_app.desk import books, day_end, payments
from counter_app.desk.day_end import Ending
from counter_app.desk.desk import Desk
from counter_app.desk.payments import PaymentDraft
from counter_app.desk.second import Word
from counter_app.domain.books import Which
from counter_app.domain.days import business_day
from counter_app.domain.drawer import fewest_pieces
from counter_app.domain.payment import cash, upi
from counter_app.domain.people import Session
from counter_app.store import finds
from counter_app.words.say import Language
from tests.bench import drawer_clicks, drawer_numbers
from tests.bench.desk import flushes
from tests.bench.figures import Figure, p99
from tests.desk.days import Days
from tests.offices import NOW, open_desk, signed_in

PARTS = ("day", "clicks", "numbers", "days")
RECEIPTS, FEW = 2_000, 100
SHORT = 270_00
EACH = 50
EVENING = NOW + timedelta(hours=8)


def measure(only: str | None, clicks: int, receipts: int, steps: int) -> list[Figure]:
    """The figures of all parts, or of one."""
    parts: dict[str, Callable[[], list[Figure]]] = {
        "day": a_day,
        "clicks": lambda: drawer_clicks.measure(clicks),
        "numbers": lambda: drawer_numbers.measure(receipts),
        "days": lambda: whole_days(steps),
    }
    return [figure for name, part in parts.items() if only in (None, name) for figure in part()]


# -- one day ----------------------------------------------------------------------------------------------


def a_day() -> list[Figure]:
    """Recording 2,000 receipts, ending that day ₹270 short, its day book; and the same after few receipts."""
    few, many = _Day(FEW), _Day(RECEIPTS)
    flush = p99(flushes(200))
    return [
        Figure("flush_p99_ms", flush, "ms"),
        Figure("payment_commit_p99_ms", p99(many.commits), "ms", 50, slack=3 * flush),
        Figure("close_day_100_s", few.close, "s"),
        Figure("close_day_2000_s", many.close, "s", 1),
        Figure("count_to_causes_2000_s", many.causes, "s", 1),
        Figure("day_book_2000_ms", many.book * 1000, "ms", 300),
    ]


class _Day:
    """Seconds of ending a day after so many receipts, and of its book; milliseconds of each receipt."""

    def __init__(self, receipts: int) -> None:
        with _office(receipts) as (desk, session, numbers):
            self.commits = [_timed(take) * 1000 for take in _takes(desk, session, numbers)]
            with desk.book.reading() as connection:
                row = finds.drawer(connection, session.drawer or UUID(int=0))
            assert row is not None
            assert row.receipts >= receipts, row.receipts
            faces = desk.rules.counting(business_day(NOW)).faces
            counts = fewest_pieces(row.holds - SHORT, faces)
            self.causes = _timed(lambda: day_end.fix(desk, session, counts, EVENING))
            ending, word = Ending(uuid4(), "₹270"), Word(SUPERVISOR, demo.PASSWORD)
            sealed = _timed(lambda: day_end.close(desk, session, ending, word, EVENING))
            self.close = self.causes + sealed
            boss, day = signed_in(desk, SUPERVISOR, EVENING), business_day(NOW)
            self.book = _timed(lambda: books.book(desk, boss, Which.DAY, day, day, Language.HINDI, EVENING))


def _takes(desk: Desk, session: Session, numbers: list[str]) -> Iterator[Callable[[], object]]:
    dice = random.Random(11)
    for place, number in enumerate(numbers):
        amount = dice.randrange(1, 3000) * 100
        tender = cash(amount, amount) if place % 3 else upi(amount, f"{place:012d}")
        act = UUID(int=dice.getrandbits(128), version=4)
        draft = PaymentDraft(act, number, amount, (tender,), advance=True)
        at = NOW + timedelta(seconds=10 * place)
        yield partial(payments.take, desk, session, draft, at)


@contextmanager
def _office(consumers: int) -> Iterator[tuple[Desk, Session, list[str]]]:
    """A demo office of that size with its cashier at work."""
    with TemporaryDirectory(prefix="counter-bench-") as scratch:
        folder = Path(scratch, "office")
        demo.make(folder, consumers=consumers, seed=11, now=NOW)
        desk = open_desk(folder)
        with desk.book.reading() as connection:
            numbers = list(demo.numbers(connection))
        yield desk, signed_in(desk), numbers
        desk.book.close()


def _timed(job: Callable[[], object]) -> float:
    started = time.perf_counter()
    job()
    return time.perf_counter() - started


# -- many days --------------------------------------------------------------------------------------------


def whole_days(steps: int) -> list[Figure]:
    """Days at random, audited after each step; the first violation ends them."""
    Days.steps, Days.violations = 0, []
    while Days.steps < steps and not Days.violations:  # some of the days that are drawn end early
        _some_days((steps - Days.steps) // EACH + 2)
    return [
        Figure("state_machine_steps", Days.steps, "steps", steps, at_least=True),
        Figure("conservation_violations", len(set(Days.violations)), "count", 0),
    ]


def _some_days(many: int) -> None:
    limits = settings(
        max_examples=many, stateful_step_count=EACH, deadline=None, database=None,
        phases=(Phase.generate,), suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    try:
        run_state_machine_as_test(Days, settings=limits)
    except AssertionError as fault:
        Days.violations.append(str(fault))
