"""What the store gives out beside domain values: frozen rows, amounts in paise, instants in UTC.

They are named tuples: every start makes these classes, and a dataclass takes eight times as long to make.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from counter_app.domain.acts import Paper, PaperState
from counter_app.domain.bill import Bill
from counter_app.domain.clock import Reading
from counter_app.domain.complaint import AboutComplaint, CompensationClaimed, ComplaintRegistered, Stage
from counter_app.domain.complaint_life import ComplaintState, claim_of
from counter_app.domain.consumer import Supply
from counter_app.domain.money import Paise
from counter_app.domain.numbering import Number
from counter_app.domain.payment import Tender, TenderKind
from counter_app.domain.service_level import Promise

if TYPE_CHECKING:
    from counter_app.domain.drawer import Counted
    from counter_app.domain.task import Task
    from counter_app.domain.undoing import Outcome

ELSEWHERE = "other counter"
"""The channel of what another counter of the company recorded."""


class Names(NamedTuple):
    """A consumer's name in both scripts; both empty when the consumer is not known here."""

    hi: str
    en: str


class PaidSince(NamedTuple):
    """What was paid that a bill does not know: all, each part after its due date by day, the last instant."""

    paid: Paise
    late: tuple[tuple[date, Paise], ...]
    last_at: datetime | None


class FoundRow(NamedTuple):
    """A consumer in a list: who, where, the latest bill and what was paid since.

    ``paid_late`` are those parts of ``paid`` that came after the bill's due date, by day.
    """

    number: str
    name_hi: str
    name_en: str
    relation: str
    relation_hi: str
    relation_en: str
    house: str
    locality_hi: str
    locality_en: str
    ward: str
    mobile: str
    meter: str
    old_number: str
    supply: Supply
    bill: Bill | None
    paid: Paise
    paid_late: tuple[tuple[date, Paise], ...]
    paid_at: datetime | None
    open_complaints: int


class Found(NamedTuple):
    """An answer of the search.

    ``understood`` is one of number, old number, mobile, meter, receipt, complaint, link, neighbours, name,
    name and number, nothing.
    """

    understood: str
    rows: tuple[FoundRow, ...]


class RecentRow(NamedTuple):
    """A consumer served lately at this counter."""

    number: str
    name_hi: str
    name_en: str
    at: datetime


class ReceiptRow(NamedTuple):
    """A receipt in a list. ``copies`` counts copies after the original, ``paper`` is how that stands."""

    act: UUID
    number: Number
    at: datetime
    day: date
    consumer: str
    name_hi: str
    name_en: str
    amount: Paise
    tenders: tuple[Tender, ...]
    copies: int
    paper: PaperState
    clerk: str
    cancelled: bool
    charge: str
    bill_number: str


class KnownPayment(NamedTuple):
    """A payment that was not taken here: a channel's, another counter's. ``posted``: the bill knows it.
    ``receipt`` is the number that a channel of this company gave for it, ``lost`` what of it the bank did not
    pay.
    """

    consumer: str
    month: str
    on: date
    amount: Paise
    channel: str
    reference: str
    posted: bool
    receipt: str = ""
    lost: Paise = 0


class PictureRow(NamedTuple):
    """A photo or scan beside a complaint: its SHA-256 in hex, when and by whom it was kept, and its JPEG.

    ``content`` is None while parts of it are still to come.
    """

    name: str
    at: datetime
    by: str
    content: bytes | None


class PaymentRow(NamedTuple):
    """A payment of a consumer's history. Own ones (channel "counter") have ``act``, ``number`` and ``at``.

    ``charge`` is what it was for when it was no bill; ``lost`` what of it the bank did not pay.
    """

    on: date
    at: datetime | None
    month: str
    amount: Paise
    channel: str
    reference: str
    posted: bool
    act: UUID | None
    number: Number | None
    charge: str = ""
    lost: Paise = 0


class KnownComplaint(NamedTuple):
    """A complaint registered elsewhere (1912, WhatsApp, another counter), as the office heard of it."""

    act: UUID
    number: Number
    registered: ComplaintRegistered
    central_number: str
    channel: str


class Event(NamedTuple):
    """What was recorded about a complaint, and the act that recorded it."""

    act: UUID
    said: AboutComplaint


class ComplaintRow(NamedTuple):
    """A complaint and where it stands. ``central_number`` is empty while the centre has not given one.

    ``events`` are all that were recorded about it, in no order.
    """

    act: UUID
    number: Number
    registered: ComplaintRegistered
    state: ComplaintState
    name_hi: str
    name_en: str
    central_number: str
    events: tuple[Event, ...]

    @property
    def claim(self) -> tuple[UUID, CompensationClaimed] | None:
        """What was claimed of what is due, and the act that recorded it."""
        return claim_of(self.events)

    @property
    def promise(self) -> Promise:
        """What was promised, and what became of it."""
        made, state, claimed = self.registered, self.state, self.claim is not None
        return Promise(made.consumer, state.due_at, state.done_at, state.stage is Stage.WITHDRAWN, claimed)


class JobRow(NamedTuple):
    """A print job. ``subject`` is the act of its receipt or complaint; a bill has consumer and month."""

    job: UUID
    paper: Paper
    subject: UUID | None
    consumer: str
    month: str
    copy: int
    reason: str
    state: PaperState
    asked_at: datetime
    printer: str = ""


class TaskRow(NamedTuple):
    """Work that waits because of a receipt: that of the act ``of``. ``amount`` (paise) is what it is about.

    ``receipt`` is the number on paper, ``since`` when it began to wait. ``bill``: the number of one that was
    paid more than once; ``of`` and ``receipt`` are of the payment that came last, and ``amount`` is too much.
    """

    of: UUID
    task: "Task"
    receipt: Number
    consumer: str
    name_hi: str
    name_en: str
    amount: Paise
    since: datetime
    bill: str = ""


class DrawerRow(NamedTuple):
    """A drawer. ``cash`` is what receipts brought in, less what went back.

    ``serial`` is that of its closing, ``first`` and ``last`` those of its receipts; 0 without.
    """

    drawer: UUID
    clerk: str
    day: date
    opening: Paise
    opened_at: datetime
    receipts: int
    cash: Paise
    moved_in: Paise
    moved_out: Paise
    first: int
    last: int
    cancelled: int
    cancelled_amount: Paise
    corrected: int
    unlocked: int
    closed_at: datetime | None
    expected: Paise | None
    counted: Paise | None
    note: str
    serial: int
    letters: str

    @property
    def holds(self) -> Paise:
        """What should lie in it."""
        return self.opening + self.cash + self.moved_in - self.moved_out


class ClosingRow(NamedTuple):
    """A closing with a number. ``arrived``: when its cash was taken over, or noted as being at the bank."""

    closing: UUID
    serial: int
    letters: str
    clerk: str
    day: date
    closed_at: datetime
    counted: Paise
    kept: Paise
    handed_to: str
    arrived: datetime | None

    @property
    def to_bank(self) -> Paise:
        """What is paid in at the bank."""
        return 0 if self.handed_to else self.counted - self.kept

    @property
    def on_its_way(self) -> bool:
        """Whether its cash is still to come to the bank, or to the one who takes it over."""
        return self.arrived is None and (bool(self.handed_to) or self.to_bank > 0)


class MoveRow(NamedTuple):
    """A slip of cash moved. ``move`` is a ``Move``, or ``handover``; ``other`` who gave or got it."""

    act: UUID
    serial: int
    letters: str
    move: str
    day: date
    moved_at: datetime
    amount: Paise
    clerk: str
    other: str


class NonCashRow(NamedTuple):
    """What a receipt was paid with beside cash, and what the bank says of it so far."""

    serial: int
    act: UUID
    at: datetime
    kind: TenderKind
    amount: Paise
    reference: str
    outcome: "Outcome"


class FixedCount(NamedTuple):
    """The count of an open drawer, fixed at that instant."""

    at: datetime
    counts: "tuple[Counted, ...]"


class DraftRow(NamedTuple):
    """Half-typed work, kept under the act it will be recorded as."""

    act: UUID
    screen: str
    consumer: str
    name_hi: str
    name_en: str
    kept_at: datetime
    body: Mapping[str, str]


class Tries(NamedTuple):
    """Wrong secrets since the last sign-in of a code, and both clocks at the last one."""

    failed: int
    last: Reading | None
