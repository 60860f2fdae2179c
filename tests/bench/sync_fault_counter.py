"""A counter as a process that may be killed at any moment: it records, sends and reads as the program does.

Started by ``sync_faults`` on a book that is enrolled. Once the line is healed it records no more, and ends
when everything is sent.
"""

import os
import sys
import threading
import traceback
from pathlib import Path
from random import Random

from counter_app.domain.link import LinkState
from counter_app.line import now
from counter_app.store.centre import centre
from counter_app.sync.rounds import Rounds
from tests.bench.sync_line import complain, pay_bill
from tests.store.office import open_book

PACE_S = 0.05
TRY_EVERY = 8


def main(folder: Path, healed: Path) -> None:
    """Work until the line is healed and everything is sent. Somebody presses "try now" again and again."""
    book, chance, pause = open_book(folder), Random(os.urandom(8)), threading.Event()
    states: list[LinkState] = []
    with book.reading() as connection:
        at = centre(connection)
    assert at is not None
    rounds = Rounds(book, at, "1.0", now, states.append, _ended)
    rounds.start()
    turn = 0
    while not (healed.exists() and states and states[-1].linked and not states[-1].unsent):
        turn += 1
        if not healed.exists():
            with book.writing() as page:
                for _ in range(chance.randint(1, 3)):
                    record = complain if chance.random() < 0.2 else pay_bill
                    record(page, now(), chance, book.office.counter)
        if turn % TRY_EVERY == 0 or (states and not states[-1].linked):
            rounds.try_now()
        pause.wait(PACE_S)
    rounds.stop()
    book.close()


def _ended(fault: Exception) -> None:
    """Nothing unforeseen may come of a line's faults."""
    traceback.print_exception(fault, file=sys.stderr)
    os._exit(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
