"""A long journal with everything in it: all kinds, four segments, and a branch of a copy that worked on."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from counter_app.domain.acts import (
    CopyAsked,
    NotAllowedTried,
    Paper,
    PaperOutcome,
    PaperState,
    SegmentOpened,
    SignedIn,
    SignedOut,
    SignInRefused,
)
from counter_app.domain.complaint import ComplaintStep, Stage
from counter_app.domain.drawer import DrawerClosed, DrawerOpened
from counter_app.domain.entry import Entry
from tests.verify.journals import AT, COMPLAINT, DAY, SEGMENTS, Act, act_of, anchor, entry_after, payment

OPENED = SegmentOpened("0.1.0", "3.53.4", "2214", 2)


@dataclass(frozen=True)
class Standing:
    """An entry of the year and the last serials of its line of the tree."""

    entry: Entry
    receipts: int
    complaints: int

    def anchor(self) -> bytes:
        """The second file of a counter whose last entry this was."""
        return anchor(self.entry, self.receipts, self.complaints)


def year(entries: int = 1000) -> list[Standing]:
    """So many entries in the order of their recording.

    Segment 0 takes two fifths, segment 1 follows it, segment 2 is the branch: it follows the middle of
    segment 0. Segment 3 goes on behind segment 1.
    """
    made: list[Standing] = []
    lengths = (entries * 2 // 5, entries * 3 // 10, entries * 3 // 20)
    for segment, length in enumerate((*lengths, entries - sum(lengths))):
        follows = {0: 0, 1: len(made), 2: lengths[0] // 2, 3: lengths[0] + lengths[1]}[segment]
        before = made[follows - 1] if follows else None
        for act in _work(segment, length, len(made)):
            before = _after(len(made) + 1, act, before)
            made.append(before)
    return made


def ends(made: list[Standing]) -> tuple[bytes, bytes]:
    """The second files of both who wrote: the branch's and the main line's."""
    branch = max(n for n, one in enumerate(made) if one.entry.header.place.segment == SEGMENTS[2])
    return made[branch].anchor(), made[-1].anchor()


def _after(number: int, act: Act, before: Standing | None) -> Standing:
    payload = act.payload
    receipts, complaints = (before.receipts, before.complaints) if before else (0, 0)
    serial = getattr(payload, "serial", 0)
    if serial and hasattr(payload, "tenders"):
        receipts += 1
        act = replace(act, payload=payment(receipts, advance=number % 3 == 0))
    elif serial:
        complaints += 1
        act = replace(act, payload=replace(COMPLAINT, serial=complaints))
    return Standing(entry_after(number, act, before.entry if before else None), receipts, complaints)


def _work(segment: int, length: int, number: int) -> Iterator[Act]:
    """The acts of a run of the program: opened, then days one after the other; serials come later."""
    acts = [Act(OPENED, segment=segment)]
    while len(acts) < length:
        acts += _day(segment, number + len(acts) + 1)
    yield from acts[:length]


def _day(segment: int, number: int) -> list[Act]:
    drawer = UUID(f"5b0f3c9e-1d24-4c8a-b7e6-{number:012d}")
    of_drawer = {"drawer": drawer, "segment": segment}
    return [
        Act(SignInRefused("R07", known=True), segment=segment),
        Act(SignedIn("R07", "cashier"), segment=segment),
        Act(DrawerOpened(drawer, "R07", DAY, 0), **of_drawer),
        Act(payment(1), money=1618_00, **of_drawer),
        Act(PaperOutcome(act_of(number + 3), PaperState.CONFIRMED, "TM-T82"), segment=segment),
        Act(COMPLAINT, segment=segment),
        Act(
            ComplaintStep(act_of(number + 5), Stage.ATTENDED, AT + timedelta(hours=1), "R07"), segment=segment
        ),
        Act(CopyAsked(Paper.RECEIPT, act_of(number + 3), "", "", 2, "कागज़ फटा"), segment=segment),
        Act(payment(1), money=1618_00, **of_drawer),
        Act(NotAllowedTried("R07", "verify"), segment=segment),
        Act(DrawerClosed(drawer, "R07", DAY, 3236_00, 3230_00, "₹6 कम"), **of_drawer),
        Act(SignedOut("R07"), segment=segment),
    ]
