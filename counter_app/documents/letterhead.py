"""The head of an A4 page or half of one: whose paper it is and what it is called."""

from counter_app.documents.counter_lines import DOT, side_by_side, specimen
from counter_app.documents.fonts import measure, printable
from counter_app.documents.grid import LEFT, RIGHT
from counter_app.documents.lines import fitted, named_at_right
from counter_app.documents.page import Align, Box, Fill, Item, Line, Text
from counter_app.domain.office import Office
from counter_app.words.say import Both, Language, both

WIDTH, HEIGHT = 210.0, 297.0
_WIDEST = "00"  # the number below the title, of a counter or a print


def letterhead(
    office: Office, title: Both, under: tuple[str, str], language: Language = Language.HINDI
) -> list[Item]:
    """Down to 25.6 mm. ``title`` is that of all papers of a kind: ready-made forms carry it. ``under``
    stands below it: a label, and a number that differs. A black mark on top when the office is invented, on
    every form.
    """
    in_hindi = language is Language.HINDI
    company = printable(office.company_hi if in_hindi else office.company_en)
    name = (
        f"{office.name_hi} {office.code} {office.name_en}" if in_hindi else f"{office.name_en} {office.code}"
    )
    helpline = f"{side_by_side(both('Helpline', language))} {printable(office.helpline)}"
    office_line = f"{printable(name)} {DOT} {helpline}"
    room = RIGHT - LEFT - measure(title.lead, 15, True) - 4
    office_room = RIGHT - LEFT - measure(f"{under[0]} {_WIDEST}", 8.5) - 4
    items: list[Item] = [
        Text(LEFT, 16.5, company, fitted(company, 15, room, bold=True), bold=True, static=True),
        Text(RIGHT, 16.5, title.lead, 15, bold=True, align=Align.RIGHT, static=True),
        Text(LEFT, 22.0, office_line, fitted(office_line, 8.5, office_room), static=True),
        *named_at_right(*under, _WIDEST, RIGHT, 22.0, 8.5),
        Line(LEFT, 25.6, RIGHT, 25.6, 0.5, static=True),
    ]
    return [*items, *invented(office, WIDTH)]


def invented(office: Office, width: float) -> list[Item]:
    """The black mark on top, in the middle of a sheet of that width, when the office is invented."""
    if not office.demo:
        return []
    mark = specimen(office)
    wide = measure(mark, 9.5, True) + 6
    return [
        Box(width / 2 - wide / 2, 4.2, wide, 6.2, 0.0, Fill.BLACK),
        Text(width / 2, 8.6, mark, 9.5, bold=True, align=Align.CENTRE, white=True),
    ]
