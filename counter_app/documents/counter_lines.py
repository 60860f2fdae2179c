"""What every paper of the counter says alike: whose it is, which copy, who printed it and when."""

from datetime import datetime

from counter_app.documents.fonts import measure, printable
from counter_app.documents.lines import Span, elided
from counter_app.documents.roll import BODY, SMALL, STRONG, Roll
from counter_app.documents.roll import DOT as DOT
from counter_app.domain.complaint import ComplaintRegistered
from counter_app.domain.days import Month
from counter_app.domain.numbering import Number, Series
from counter_app.domain.office import Office
from counter_app.domain.payment import PaymentTaken
from counter_app.words.dates import month, stamp
from counter_app.words.say import Both, Language, both

WIDEST_STAMP = "00/00/0000 00:00"
"""As wide as any day with its time: all digits are."""


def in_both(text: Both) -> str:
    """A text in both languages on one line, a dot between."""
    return f"{text.lead} {DOT} {text.second}"


def side_by_side(text: Both) -> str:
    """A label in both languages on one line."""
    return text.lead if text.lead == text.second else f"{text.lead} {text.second}".rstrip()


def within(text: Both, size: float, room: float, *, bold: bool = False) -> str:
    """Both languages where they have room beside each other, else the leading one, cut where it must be."""
    whole = printable(side_by_side(text))
    return (
        whole if measure(whole, size, bold) <= room else elided(printable(text.lead), size, room, bold=bold)
    )


def upper_both(text: Both) -> str:
    """The same as a title: the English in capitals (Devanagari has none)."""
    return f"{text.lead} {DOT} {text.second.upper()}"


def month_text(written: str) -> str:
    """A month as the bill writes it ("FEB-2026") from "2026-02"; anything else as it is."""
    try:
        return month(Month.read(written))
    except ValueError:
        return printable(written)


def specimen(office: Office) -> str:
    """What stands on each paper of an invented office."""
    word = both("Training" if office.training else "Specimen", Language.HINDI)
    mark = f"{word.lead} {word.second.upper()}"
    return mark if office.training else f"{mark} {DOT} DEMO"


def heading(roll: Roll, office: Office) -> None:
    """The company, the office, the counter; a black band on top when the office is invented."""
    if office.demo:
        roll.boxed([Span(specimen(office), bold=True)], STRONG, inverse=True)
        roll.gap(1.5)
    roll.centred([Span(printable(office.company_hi), bold=True)], STRONG)
    roll.centred(
        [Span(printable(office.name_hi)), Span(office.code, bold=True), Span(printable(office.name_en))], BODY
    )
    counter, helpline = both("Counter", Language.HINDI), both("Helpline", Language.HINDI)
    roll.centred(
        [
            Span(f"{side_by_side(counter)} {office.counter} {DOT}"),
            Span(f"{side_by_side(helpline)} {printable(office.helpline)}"),
        ],
        SMALL,
    )
    roll.gap(1.2)


def copy_band(roll: Roll, copy: int, reason: str) -> None:
    """A black band on every paper after the original, with its number and why it was printed."""
    if copy < 2:
        return
    roll.gap(1.2)
    text = both("Copy {number}, not the original", Language.HINDI, number=copy)
    roll.boxed([Span(upper_both(text), bold=True)], STRONG, inverse=True)
    if reason:
        roll.gap(0.6)
        roll.paragraph(f"{side_by_side(both('Reason', Language.HINDI))}: {printable(reason)}")


def closing(
    roll: Roll, office: Office, clerk: str, number: str | None, copy: int, printed_at: datetime
) -> None:
    """When it was printed and which copy it is, who served, the number for a scanner.

    A preview has no number and is not printed.
    """
    if number is not None:
        roll.paragraph(f"{side_by_side(both('Printed', Language.HINDI))} {printed_text(copy, printed_at)}")
    roll.paragraph(f"{clerk_label()} {printable(clerk)}")
    if number is not None:
        roll.gap(2.0)
        roll.barcode(number)
    roll.gap(1.0)
    roll.centred([Span(in_both(both("Thank you", Language.HINDI)))], SMALL)
    if office.demo:
        roll.centred([Span(specimen(office), bold=True)], SMALL)


def printed_text(copy: int, printed_at: datetime) -> str:
    """When a paper was printed, and whether it is the original."""
    original = both("Original", Language.HINDI)
    which = original if copy < 2 else both("Copy {number}", Language.HINDI, number=copy)
    return f"{stamp(printed_at)} {DOT} {side_by_side(which)}"


def number_or_stem(number: str | None, series: Series, made: ComplaintRegistered | PaymentTaken) -> str:
    """The whole number, or, for a preview, the stem of the next one: its letters come with the entry."""
    return number or Number(series, made.office, made.counter, made.serial, "").stem


def clerk_label(language: Language = Language.HINDI) -> str:
    """What stands before who served."""
    return f"{side_by_side(both('Clerk', language))}:"


def clerk_text(name: str, code: str) -> str:
    """The clerk's name and code: "रेखा पटेल (C2-07)"."""
    return f"{name} ({code})" if name and code else name or code
