"""All keys in words: for the help page, and for the sheet that lies beside the keyboard."""

from typing import TYPE_CHECKING

from counter_app.ui.actions import ACTIONS, WITHOUT_KEY, label
from counter_app.words.say import N_, Language, both

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from counter_app.documents.page import Document
    from counter_app.domain.office import Office
    from counter_app.ui.paper_out import HandsOut

MORE_KEYS = (
    ("F2", N_("A name, number, mobile, meter's last 4, or what a key does.")),
    (
        "*",
        N_("Neighbours, account papers, half-A4 receipt, the bill's language."),
    ),
    ("Enter", N_("Opens, accepts, next field; in the last one it records.")),
    ("F4", N_("On the pay page: what the money is for, when it is not the bill.")),
    ("+", N_("Paying: a part in another way. Home: several numbers.")),
    ("Esc", N_("One step back. Nothing that was typed is lost.")),
    ("↑ ↓", N_("Move in lists and among the ways of paying.")),
    ("PgDn", N_("The rest of the paper or page; PgUp goes back.")),
)
"""What stands on the key, and what it does beside what its action says."""


def sheet_of_keys(office: "Office", printer: str, sign: str, at: "datetime") -> "HandsOut":
    """Puts the sheet out: at a printer, under a ``sign`` no other job has; without one as a file."""

    def hand_out(pdf: "Callable[[Document], bytes]", folder: "Path") -> "Path | str":
        from counter_app.documents.key_sheet import KeyLine, KeyWords, key_sheet
        from counter_app.printing.printers import save, send

        hindi = Language.HINDI
        told = KeyWords(
            [KeyLine(action.cap, both(action.long, hindi)) for action in ACTIONS],
            [KeyLine(cap, both(text, hindi)) for cap, text in MORE_KEYS],
            [label(action, hindi) for action in WITHOUT_KEY],
        )
        page = key_sheet(office, told, at)
        if not printer:
            return save(page, pdf(page), folder)
        send(page, pdf, printer, f"{page.title} {sign}")
        return printer

    return hand_out
