"""What goes with the cash of a closed drawer: denomination sheet, pay-in slip, cash certificate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from counter_app.documents.counter_lines import (
    DOT,
    WIDEST_STAMP,
    clerk_text,
    copy_band,
    heading,
    side_by_side,
    specimen,
    upper_both,
)
from counter_app.documents.fonts import measure, printable
from counter_app.documents.grid import LEFT, RIGHT, Cells, Column, label, table
from counter_app.documents.lines import Span, elided, fitted, named, named_at_right, row, width, wrapped
from counter_app.documents.page import Align, Box, Fill, Item, Line, Sheet, Text
from counter_app.documents.roll import STRONG, UNKNOWN, Roll
from counter_app.domain.drawer import Counted, DrawerClosed, Face, Piece
from counter_app.domain.money import Paise
from counter_app.domain.office import Office
from counter_app.domain.payment import TenderKind
from counter_app.words.amounts import in_words, number, rupees
from counter_app.words.dates import day, stamp
from counter_app.words.labels import tender
from counter_app.words.say import N_, Both, Language, both

HINDI = Language.HINDI
WIDTH, A4_HEIGHT, HALF_HEIGHT = 210.0, 297.0, 148.0
_PITCH = 5.4
_DOTS = 0.9


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """All that the papers of a closing say. ``copy`` is 1 for the originals.

    ``printed_at`` is when these papers are made. ``second_name`` agreed to a difference, ``receiver_name``
    gets the cash; empty where nobody does. ``counted_by`` (a code) counted; empty: its cashier. ``faces``
    are the notes and coins by which a drawer was counted on that day, the largest first.
    """

    office: Office
    number: str
    report: DrawerClosed
    opened_at: datetime
    closed_at: datetime
    printed_at: datetime
    copy: int
    reason: str
    clerk_name: str
    second_name: str = ""
    receiver_name: str = ""
    counted_by: str = ""
    counter_name: str = ""
    faces: tuple[Face, ...] = ()

    @property
    def in_place(self) -> str:
        """Who counted it in the place of its cashier; empty when that was the cashier."""
        if self.counted_by in ("", self.report.clerk):
            return ""
        return clerk_text(self.counter_name, self.counted_by)


def denomination_sheet(facts: ClosingFacts) -> Sheet:
    """How many pieces of each note and coin, 80 mm wide: it goes into the bag with the cash."""
    roll, report = Roll(), facts.report
    heading(roll, facts.office)
    roll.boxed([Span(upper_both(both("Denomination sheet", HINDI)), bold=True)], STRONG)
    copy_band(roll, facts.copy, facts.reason)
    roll.gap(1.6)
    roll.strong_fact(both("Report no.", HINDI), facts.number)
    roll.fact(both("Counted at", HINDI), stamp(facts.closed_at))
    roll.dashes()
    count_lines(roll, report.counts)
    roll.rule()
    roll.strong_fact(both("Together", HINDI), rupees(report.counted))
    for language in (Language.HINDI, Language.ENGLISH):
        roll.paragraph(in_words(report.counted, language))
    roll.gap(9.0)
    counted, checked = both("Counted by", HINDI), both("Checked by", HINDI)
    roll.sides([Span(side_by_side(counted))], [Span(side_by_side(checked))])
    roll.gap(1.0)
    roll.paragraph(printable(facts.in_place or clerk_text(facts.clerk_name, report.clerk)))
    if facts.office.demo:
        roll.centred([Span(specimen(facts.office), bold=True)], STRONG)
    return roll.sheet()


def count_lines(roll: Roll, counts: Sequence[Counted]) -> None:
    """Notes and coins, a line each; a sentence for an empty drawer."""
    for one in counts:
        what = both("note", HINDI) if one.piece is Piece.NOTE else both("coin", HINDI)
        left = f"{rupees(one.face)} {what.lead} × {number(one.pieces)}"
        roll.sides([Span(left)], [Span(rupees(one.amount))])
    if not counts:
        roll.paragraph(side_by_side(both("The drawer was empty.", HINDI)))


# -- the bank ---------------------------------------------------------------------------------------------

_MIDDLE = 90.0
_PIECES = 54.0  # the height of all pieces and their sum
_EDGE = 5.0


def pay_in_slip(facts: ClosingFacts) -> Sheet:
    """Half an A4: the counterfoil that comes back stamped, and the bank's part.

    Bank and account are written in by hand: they are not known here.
    """
    items: list[Item] = []
    for left, right, part in (
        (LEFT, _MIDDLE - _EDGE, both("Counterfoil, for the office", HINDI)),
        (_MIDDLE + _EDGE, RIGHT, both("For the bank", HINDI)),
    ):
        items += _slip_half(facts, left, right, part)
    items.append(Line(_MIDDLE, 8.0, _MIDDLE, HALF_HEIGHT - 8.0, 0.25, _DOTS, static=True))
    return Sheet(WIDTH, HALF_HEIGHT, tuple(items))


def _slip_half(facts: ClosingFacts, left: float, right: float, part: Both) -> list[Item]:
    report, title = facts.report, both("Cash pay-in slip", HINDI)
    items: list[Item] = [
        *row([Span(title.lead, bold=True), Span(title.second)], left, 13.0, 12.0, static=True)
    ]
    items += row(label(part), left, 18.4, 8.5, static=True)
    y = 28.5
    if facts.copy > 1:
        items.append(Text(left, 22.7, _copy(facts), 8.0, bold=True))
    for name, value, static in (
        (both("Bank, branch", HINDI), "", True),
        (both("Account no.", HINDI), "", True),
        (both("Credit of", HINDI), printable(facts.office.company_hi), True),
        (both("Office", HINDI), printable(f"{facts.office.name_hi} {facts.office.code}"), True),
        (both("Cash of", HINDI), f"{day(report.day)} {DOT} {facts.number}", False),
    ):
        items += _blank(name, value, left, right, y, static=static)
        y += 5.8
    drawn, y = _pieces(facts, left, right, y - 3.0)
    items += drawn
    y += 5.0
    for language in (Language.HINDI, Language.ENGLISH):
        for line in wrapped(in_words(report.to_bank, language), 8.0, right - left):
            items.append(Text(left, y, line, 8.0))
            y += 3.8
    sign, bank = both("Depositor's signature", HINDI), both("Bank's stamp", HINDI)
    for place, (signs, stamps) in enumerate(zip(sign, bank, strict=True)):
        y = HALF_HEIGHT - 9.6 + place * 3.8
        items.append(Text(left, y, signs, 8.0, grey=bool(place), static=True))
        items.append(Text(right, y, stamps, 8.0, align=Align.RIGHT, grey=bool(place), static=True))
    if facts.office.demo:
        items.append(Text(left, 7.2, specimen(facts.office), 8.0, bold=True))
    return items


def _copy(facts: ClosingFacts) -> str:
    return upper_both(both("Copy {number}, not the original", HINDI, number=facts.copy))


def _blank(name: Both, value: str, left: float, right: float, y: float, *, static: bool) -> list[Item]:
    """A label and its value, or a line to write on; ``static``: all slips of the office have this value."""
    spans = label(name)
    after = left + width(spans, 8.5) + 2.0
    items: list[Item] = [*row(spans, left, y, 8.5, static=True)]
    if value:
        size = fitted(value, 9.0, right - after, bold=True)
        text = elided(value, size, right - after, bold=True)
        return [*items, Text(right, y, text, size, bold=True, align=Align.RIGHT, static=static)]
    return [*items, Line(after, y + 0.8, right, y + 0.8, 0.2, static=True)]


def _pieces(facts: ClosingFacts, left: float, right: float, y: float) -> tuple[list[Item], float]:
    """Every note and coin there is, and how many of it go to the bank; left open where some of them stay
    here: nobody told which.
    """
    report = facts.report
    told = report.counts if report.to_bank == report.counted else ()
    rows = _counted(facts, told, report.to_bank)
    items, y = table(_columns(left, right), rows, left, right, y, min(5.1, _PIECES / len(rows)), 8.5)
    others, y = _others(facts, told, left, right, y)
    return [*items, *others], y


def _counted(facts: ClosingFacts, counts: Sequence[Counted], together: Paise) -> list[Cells]:
    """The rule's notes and coins, each at its place whether there are any or not, and the sum of all."""
    told = {(one.piece, one.face): one for one in counts}
    rows = []
    for piece, face in facts.faces:
        one = told.get((piece, face))
        cells = (_piece(piece, face), number(one.pieces) if one else "", rupees(one.amount) if one else "")
        rows.append(Cells(cells, named=True))
    rows.append(Cells((_head(N_("Together")), "", rupees(together)), bold=True, named=True))
    return rows


def _others(
    facts: ClosingFacts, counts: Sequence[Counted], left: float, right: float, y: float
) -> tuple[list[Item], float]:
    """Below the sum, what of it the day's rule does not name; the rows above keep their places."""
    told = [
        f"{_piece(one.piece, one.face)} × {number(one.pieces)} = {rupees(one.amount)}"
        for one in counts
        if (one.piece, one.face) not in facts.faces
    ]
    if not told:
        return [], y
    words = f"{_head(N_('Included in it'))}: {', '.join(told)}"
    items: list[Item] = []
    for line in wrapped(words, 8.0, right - left):
        y += 3.8
        items.append(Text(left, y, line, 8.0))
    return items, y


def _columns(left: float, right: float) -> tuple[Column, ...]:
    return (
        Column(_head(N_("Value")), left, Align.LEFT),
        Column(_head(N_("Pieces")), left + (right - left) * 0.62),
        Column(_head(N_("Amount")), right),
    )


def _piece(piece: Piece, face: Paise) -> str:
    what = both("note", HINDI) if piece is Piece.NOTE else both("coin", HINDI)
    return f"{rupees(face)} {side_by_side(what)}"


def _head(text: str) -> str:
    return side_by_side(both(text, HINDI))


# -- the certificate --------------------------------------------------------------------------------------

_LEFT_END, _MID = 96.0, 106.0
_TABLES = 96.0
_VALUES, _FACT = 66.0, 10.0
_OTHERS = 8.0  # millimetres below the notes and coins for what the day's rule does not name


def cash_certificate(facts: ClosingFacts) -> Sheet:
    """A4: what was counted, by whom and before whom, and where the cash goes."""
    items = [*_top(facts), *_statement(facts)]
    rows = _counted(facts, facts.report.counts, facts.report.counted)
    drawn, counted_end = table(_columns(LEFT, _LEFT_END), rows, LEFT, _LEFT_END, _TABLES, _PITCH)
    others, _ = _others(facts, facts.report.counts, LEFT, _LEFT_END, counted_end)
    items += [*drawn, *others]
    drawn, sums_end = _sums(facts, _TABLES)
    items += [*drawn, *_reason(facts.report, max(counted_end + _OTHERS, sums_end) + 6.0), *_signed(facts)]
    return Sheet(WIDTH, A4_HEIGHT, tuple(items))


def _top(facts: ClosingFacts) -> list[Item]:
    office, title = facts.office, both("Cash certificate", HINDI)
    names = printable(f"{office.name_hi} {DOT} {office.name_en}")
    where = f"{names} {DOT} {office.code} {DOT} {_head(N_('Counter'))}"
    size = fitted(f"{where} 0", 9.5, RIGHT - LEFT)
    left = (WIDTH - measure(f"{where} 0", size)) / 2
    items: list[Item] = [
        _centred(printable(office.company_hi), 18.0, 14.0, bold=True, static=True),
        *named(where, str(office.counter), left, 24.5, size),
        Line(LEFT, 28.5, RIGHT, 28.5, 0.5, static=True),
        _centred(f"{title.lead} {DOT} {title.second}", 37.5, 15.0, bold=True, static=True),
    ]
    if office.demo:
        mark = specimen(office)
        wide = measure(mark, 9.5, True) + 6
        items += [
            Box(WIDTH / 2 - wide / 2, 4.2, wide, 6.2, 0.0, Fill.BLACK),
            Text(WIDTH / 2, 8.6, mark, 9.5, bold=True, align=Align.CENTRE, white=True),
        ]
    if facts.copy > 1:
        items.append(_centred(_copy(facts), 43.6, 9.5, bold=True))
    return items


def _statement(facts: ClosingFacts) -> list[Item]:
    """What is certified, in both languages, and the facts of it, each at its place."""
    report, text = facts.report, Roll(LEFT, RIGHT, 46.5)
    said = both("Certified that the cash in the drawer was counted and made this amount:", HINDI)
    text.paragraph(said.lead, 11.0, bold=True, static=True)
    text.paragraph(said.second, 10.0, static=True)
    text.gap(1.6)
    clerk = printable(clerk_text(facts.clerk_name, report.clerk))
    for name, value, bold in (
        (both("Drawer of", HINDI), clerk, False),
        (both("Counted, report no.", HINDI), f"{stamp(facts.closed_at)} {DOT} {facts.number}", False),
        (both("Amount", HINDI), rupees(report.counted), True),
        (Both("", ""), in_words(report.counted, Language.HINDI), False),
        (Both("", ""), in_words(report.counted, Language.ENGLISH), False),
    ):
        y = text.baseline(_FACT)
        text.items += row(label(name), LEFT, y, 8.5, static=True)
        size = fitted(value, _FACT, RIGHT - _VALUES, bold=bold)
        text.items.append(Text(_VALUES, y, elided(value, size, RIGHT - _VALUES, bold=bold), size, bold=bold))
    return text.items


def _sums(facts: ClosingFacts, y: float) -> tuple[list[Item], float]:
    """Count against books and where the cash goes; below it what the receipts brought, cash and else."""
    report = facts.report
    receiver = printable(clerk_text(facts.receiver_name, report.handed_to)) if report.handed_to else ""
    handed = rupees(report.counted) if report.handed_to else UNKNOWN
    kept, to_bank = (UNKNOWN if report.handed_to else rupees(one) for one in (report.kept, report.to_bank))
    rows = [
        Cells((_head(N_("Expected")), rupees(report.expected)), named=True),
        Cells((_head(N_("Counted")), rupees(report.counted)), named=True),
        Cells((_head(N_("Difference")), rupees(report.difference)), bold=True, named=True),
        Cells((_head(N_("Kept as float")), kept), named=True),
        Cells((_head(N_("To the bank")), to_bank), bold=True, named=True),
        Cells((_head(N_("Handed over to")), handed), bold=True, named=True),
        Cells((elided(receiver, 9.5, 60.0), ""), ruled=True),
    ]
    columns = (Column(_head(N_("Cash")), _MID, Align.LEFT), Column(_head(N_("Amount")), RIGHT))
    items, y = table(columns, rows, _MID, RIGHT, y, _PITCH)
    drawn, y = _taken(report, y + 6.0)
    return [*items, *drawn], y


def _taken(report: DrawerClosed, y: float) -> tuple[list[Item], float]:
    """What receipts brought: every way there is, whether any came by it or not."""
    by_kind = {one.kind: one for one in report.tenders}
    rows = []
    for kind in TenderKind:
        one = by_kind.get(kind)
        cells = (str(one.receipts), rupees(one.amount)) if one else ("", "")
        rows.append(Cells((side_by_side(tender(kind, HINDI)), *cells), named=True))
    columns = (
        Column(_head(N_("Mode")), _MID, Align.LEFT),
        Column(_head(N_("Receipts")), _MID + (RIGHT - _MID) * 0.75),
        Column(_head(N_("Amount")), RIGHT),
    )
    return table(columns, rows, _MID, RIGHT, y, _PITCH, 8.5)


def _reason(report: DrawerClosed, y: float) -> list[Item]:
    """Why count and books differ; the first line behind the label, the others below it."""
    name, size = f"{_head(N_('Reason'))}:", 9.5
    indent = measure(f"{name} ", size)
    lines = wrapped(printable(report.reason), size, RIGHT - LEFT - indent) or [UNKNOWN]
    items: list[Item] = [Text(LEFT, y, name, size, static=True)]
    for place, line in enumerate(lines):
        items.append(Text(LEFT + indent, y + place * 5.2, line, size))
    return items


def _signed(facts: ClosingFacts) -> list[Item]:
    """Three places to sign, and when this was printed."""
    report = facts.report
    second = clerk_text(facts.second_name, report.approved.code) if report.approved else ""
    receiver = clerk_text(facts.receiver_name, report.handed_to)
    places: Sequence[tuple[Both, str]] = (
        (both("Counted by", HINDI), facts.in_place or clerk_text(facts.clerk_name, report.clerk)),
        (both("Second person", HINDI), second),
        (both("Received by", HINDI), receiver),
    )
    items: list[Item] = []
    wide = (RIGHT - LEFT) / 3
    room = wide - 8.0
    for place, (who, name) in enumerate(places):
        left, y = LEFT + place * wide, A4_HEIGHT - 40.0
        items.append(Line(left, y, left + room, y, 0.25, static=True))
        items += row(label(who), left, y + 5.0, 9.0, static=True)
        for line, text in enumerate(wrapped(printable(name), 8.5, room)[:3]):
            items.append(Text(left, y + 9.6 + line * 4.2, text, 8.5))
    printed = _head(N_("Printed"))
    return items + named_at_right(printed, stamp(facts.printed_at), WIDEST_STAMP, RIGHT, A4_HEIGHT - 9.0, 8.0)


def _centred(text: str, y: float, size: float, *, bold: bool = False, static: bool = False) -> Text:
    fits = fitted(text, size, RIGHT - LEFT, bold=bold)
    return Text(WIDTH / 2, y, text, fits, bold=bold, align=Align.CENTRE, static=static)
