"""One act pressed again and again: double clicks at the same moment, retries, and retries after a crash."""

import random
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from counter_app.desk import payments
from counter_app.desk.desk import Desk
from counter_app.desk.payments import PaymentDraft, Receipt
from counter_app.domain.numbering import Series
from counter_app.domain.payment import cash
from counter_app.domain.people import Session
from counter_app.store import finds, journal
from tests.bench.figures import Figure
from tests.offices import NOW, copied, open_desk, signed_in, some_consumers

ACTS = 500
CRASH_EVERY = 25
AT_ONCE = 2


def measure(clicks: int) -> list[Figure]:
    """So many presses of some hundred acts; whatever was collected more than once."""
    with TemporaryDirectory(prefix="counter-bench-") as scratch:
        window = _Window(Path(scratch))
        acts = min(ACTS, max(clicks // 40, 1))
        for place in range(acts):
            window.press_often(place, clicks // acts, crash=place % CRASH_EVERY == 0)
        doubled = window.doubled()
        window.desk.book.close()
    return [
        Figure("clicks", window.pressed, "count", clicks, at_least=True),
        Figure("click_crashes", window.crashes, "count"),
        Figure("double_collections", doubled + window.others, "count", 0),
    ]


class _Window:
    """A counter whose Enter key is worn out. ``others``: answers that were not the first one's."""

    def __init__(self, scratch: Path) -> None:
        self._folder = copied(scratch)
        self._dice = random.Random(7)
        self.pressed = self.crashes = self.others = 0
        self._drafts: dict[UUID, PaymentDraft] = {}
        self.desk: Desk = open_desk(self._folder)
        self._session: Session = signed_in(self.desk)
        self._numbers = some_consumers(self.desk, 100)
        self._before, self._total = self._standing()

    def press_often(self, place: int, times: int, *, crash: bool) -> None:
        """One act, pressed that often; now and then the power goes in the middle."""
        amount = self._dice.randrange(1, 2_000) * 100
        act = UUID(int=self._dice.getrandbits(128), version=4)
        number = self._numbers[place % len(self._numbers)]
        draft = self._drafts[act] = PaymentDraft(act, number, amount, (cash(amount, amount),), advance=True)
        with ThreadPoolExecutor(AT_ONCE) as hands:
            answers = list(hands.map(lambda _: self._press(draft), range(times // 2)))
        if crash:
            self._crash()
        answers += [self._press(draft) for _ in range(times - times // 2)]
        self.others += sum(answer != answers[0] for answer in answers)

    def doubled(self) -> int:
        """Receipts beyond one for each act, and rupees beyond their sum."""
        taken, total = self._standing()
        wanted = sum(draft.amount for draft in self._drafts.values())
        return taken - self._before - len(self._drafts) + (total - self._total != wanted)

    def _standing(self) -> tuple[int, int]:
        """How many receipts there are, and all money ever taken."""
        with self.desk.book.reading() as connection:
            head = journal.head(connection)
            return finds.last_serial(connection, Series.RECEIPT), head.running_total if head else 0

    def _press(self, draft: PaymentDraft) -> Receipt:
        self.pressed += 1
        return payments.take(self.desk, self._session, draft, NOW)

    def _crash(self) -> None:
        """What lies on the disk while the book is open is all that is left."""
        self.crashes += 1
        self._folder = self._folder.with_name(f"after-{self.crashes}")
        shutil.copytree(self.desk.book.folder, self._folder)
        self.desk.book.close()
        self.desk = open_desk(self._folder)
        self._session = signed_in(self.desk)
