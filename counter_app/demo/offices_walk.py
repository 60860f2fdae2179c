"""Two demo offices without a screen: counters and bot work, and each is asked what it saw of the others."""

import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar
from uuid import UUID, uuid4

from counter_app import __version__
from counter_app.demo import centre
from counter_app.demo.bot import Bot, Writer
from counter_app.demo.offices import CENTRE, OFFICES, Linked, clock, linked, opened, ready
from counter_app.demo.walk import Walk, signed_in
from counter_app.desk import complaint_steps, complaints, finding, payments
from counter_app.desk.complaint_steps import StepDraft
from counter_app.desk.complaints import ComplaintDraft, Registered
from counter_app.desk.desk import Desk
from counter_app.desk.payments import PaymentDraft, Receipt
from counter_app.desk.rules import load_rules
from counter_app.domain.complaint import Stage
from counter_app.domain.money import RUPEE
from counter_app.domain.payment import cash
from counter_app.domain.refusals import CentreSilent, FileUnwritable
from counter_app.store import checking
from counter_app.store.book import Book
from counter_app.sync.rounds import Rounds
from counter_app.words.amounts import rupees
from counter_app.words.faults import fault_sentence
from counter_app.words.labels import stage
from counter_app.words.say import N_, Language

T = TypeVar("T")
SEEN_WITHIN_S, LOOK_AGAIN_S = 60.0, 0.1


class Counter:
    """An office's counter with somebody at it, and its rounds beside."""

    def __init__(self, walk: Walk, book: Book, at: Linked) -> None:
        self.book, self.office, self.moved, self.writers = book, at.office, at.moved, at.writers
        self.name = walk.name(at.office.name_hi, at.office.name_en)
        self.desk = Desk(book, load_rules(), book.office)
        self.session = signed_in(self.desk)
        self.faults: list[Exception] = []
        self.rounds = Rounds(book, at.at, __version__, clock, lambda _: None, self.faults.append)

    def pay(self, number: str) -> Receipt:
        """Take all dues of a consumer in cash; a hundred rupees ahead where nothing is due."""
        form = payments.prepare(self.desk, self.session, number, clock())
        paid = form.payable.amount or 100 * RUPEE
        ahead = not form.payable.amount or form.paid_today
        draft = PaymentDraft(uuid4(), number, paid, (cash(paid, paid),), advance=ahead)
        return payments.take(self.desk, self.session, draft, clock())

    def complain(self, number: str) -> Registered:
        """Register that a consumer has no supply."""
        draft = ComplaintDraft(uuid4(), number, "11", "", "", "")
        return complaints.register(self.desk, self.session, draft, clock())

    def sees_payment(self, number: str, name: str) -> bool:
        """Whether a payment stands on a consumer's account, by the number or reference it is known by."""
        card = finding.card(self.desk, self.session, number, clock())
        return any(name in {one.reference, str(one.number)} for one in card.payments)

    def complaint_seen(self, number: str, name: str) -> UUID | None:
        """Which complaint of a consumer has this number, once it is here."""
        card = finding.card(self.desk, self.session, number, clock())
        return next((one.act for one in card.complaints if str(one.number) == name), None)


def headless(
    folder: Path, out: Path | None, consumers: int, seed: int, language: Language, *, as_json: bool
) -> int:
    """Let both counters and the bot work, and look what each sees; receipts land in ``out``. The exit code.

    Refuses as the desk and the sync do, and with ``FileUnwritable`` when ``out`` takes no papers.
    """
    papers = out if out is not None else folder / "papers"
    walk = Walk(folder, papers, language, as_json=as_json)
    try:
        papers.mkdir(parents=True, exist_ok=True)
        offices = ready(walk, consumers, seed)
    except OSError as fault:
        raise FileUnwritable(str(papers)) from fault
    with ExitStack() as until_end:
        address = until_end.enter_context(centre.serving(offices / CENTRE))
        counters = []
        for office in OFFICES:
            book = opened(offices, office)
            until_end.callback(book.close)
            counter = Counter(walk, book, linked(book, address))
            until_end.callback(counter.rounds.stop)
            counter.rounds.start()
            counters.append(counter)
        bot = Bot(address, centre.bot_key(offices / CENTRE), (), language)
        for here, there in (counters, counters[::-1]):
            _between(walk, here, there)
            _with_bot(walk, here, bot, here.writers[0])
        return _looked_over(walk, offices, counters)


def _between(walk: Walk, here: Counter, there: Counter) -> None:
    """Money and a complaint at one window, of a consumer who belongs to the other office by now."""
    who, names = here.moved[0].number, {"here": here.name, "there": there.name}
    receipt = walk.step(
        N_("{here}: money of a consumer of {there}"),
        lambda: here.pay(who),
        lambda receipt: f"{receipt.number}  {rupees(receipt.payment.amount)}",
        **names,
    )
    walk.put_out(here.desk, here.session, receipt.job)
    made = walk.step(
        N_("{here}: complaint of a consumer of {there}"),
        lambda: here.complain(who),
        lambda made: str(made.number),
        **names,
    )
    walk.put_out(here.desk, here.session, made.job)
    walk.step(
        N_("{there} sees the money"),
        lambda: _until(lambda: there.sees_payment(who, str(receipt.number))),
        lambda _: str(receipt.number),
        **names,
    )
    walk.step(
        N_("{there} sees the complaint"),
        lambda: _until(lambda: there.complaint_seen(who, str(made.number))),
        lambda _: str(made.number),
        **names,
    )


def _with_bot(walk: Walk, here: Counter, bot: Bot, writer: Writer) -> None:
    """What the bot files stands at the window, and what the window does of it shows in the channel."""
    made = walk.step(
        N_("WhatsApp bot: complaint of a consumer of {here}"),
        lambda: bot.complain(writer),
        lambda made: str(made["number"]),
        here=here.name,
    )
    act = walk.step(
        N_("{here} sees the complaint and forwards it"),
        lambda: _until(lambda: here.complaint_seen(writer.number, made["number"])),
        lambda _: str(made["number"]),
        here=here.name,
    )
    draft = StepDraft(uuid4(), act, Stage.FORWARDED, to="FOC")
    complaint_steps.step(here.desk, here.session, draft, clock())
    walk.step(
        N_("WhatsApp bot: its stage"),
        lambda: _until(lambda: bot.client.complaint(made["number"])["stage"] == Stage.FORWARDED),
        lambda _: stage(Stage.FORWARDED, walk.language).lead,
    )
    paid = walk.step(
        N_("WhatsApp bot: payment of a consumer of {here}"),
        lambda: bot.pay(writer),
        lambda paid: f"{paid['receipt']}  {rupees(paid['amount'] * RUPEE)}",
        here=here.name,
    )
    walk.step(
        N_("{there} sees the money"),
        lambda: _until(lambda: here.sees_payment(writer.number, paid["reference"])),
        lambda _: str(paid["receipt"]),
        there=here.name,
    )


def _looked_over(walk: Walk, offices: Path, counters: list[Counter]) -> int:
    """Both journals, and whether the centre has all and doubts nothing."""
    faults = walk.step(
        N_("Journal and rows verified"),
        lambda: [fault for one in counters for fault in checking.check(one.book).faults],
        lambda faults: (
            "; ".join(fault_sentence(fault, walk.language).lead for fault in faults) or walk.said(N_("whole"))
        ),
    )
    held = walk.step(
        N_("The centre holds nothing back"),
        lambda: sum(one.held + one.forks for one in centre.stands(offices / CENTRE).counters),
        str,
    )
    return 1 if faults or held or any(one.faults for one in counters) else 0


def _until(seen: Callable[[], T | None]) -> T:
    """Ask until there is something to see; ``CentreSilent`` when there is nothing for a minute."""
    end, pause = time.monotonic() + SEEN_WITHIN_S, threading.Event()
    while not (found := seen()):
        if time.monotonic() > end:
            raise CentreSilent
        pause.wait(LOOK_AGAIN_S)
    return found
