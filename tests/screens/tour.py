"""A way through every page of the window by keys: ``python -m tests.screens.tour --out DIR`` keeps pictures.

Each page is seen in three sizes, two themes and two languages, each state once. What a person would call
wrong is printed; the exit code is 1 then.
"""

import argparse
import os
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QApplication

from counter_app import doctor
from counter_app.app import first_run_of
from counter_app.demo.staff import CASHIER, PASSWORD, SUPERVISOR
from counter_app.ui import theme
from counter_app.ui.check_card import CheckCard
from counter_app.ui.icons import Icon
from counter_app.ui.support import Support
from counter_app.words.say import Language
from tests.offices import NOW, copied
from tests.screens.tourist import Tourist


def finding(tour: Tourist) -> None:
    """Signing in, Home and what is found there."""
    tour.look("sign-in")
    tour.sign_in(CASHIER)
    tour.look("home")
    tour.find("sur")
    tour.look("home-found")
    tour.home()
    tour.press("zzqqx")
    tour.look("home-nothing", every=False)
    tour.home()
    tour.press("drawer")
    tour.look("home-word", every=False)
    tour.open("sur")
    tour.look("consumer")
    tour.press("3")
    tour.look("consumer-whole", every=False)
    for name in ("home-large", ""):
        tour.find("sur")
        tour.window.act("large_print")
        tour.until(lambda: not tour.window.room.is_leaving)
        if name:
            tour.look(name, every=False)


def paying(tour: Tourist) -> None:
    """Money: given, too little, another way, taken, taken twice, for something else, for a family."""
    tour.sign_in(CASHIER)
    tour.open(tour.owing[0])
    tour.press("F4")
    tour.to("pay")
    tour.look("pay")
    tour.press("100", "Enter")
    tour.look("pay-too-little", every=False)
    tour.press("F4")
    tour.look("pay-for", every=False)
    tour.open(tour.owing[0])
    tour.press("F4")
    tour.to("pay")
    tour.press("2", "Enter")
    tour.look("pay-upi", every=False)
    tour.press("Esc", "Esc")
    tour.pay(tour.owing[0])
    tour.look("home-paid", every=False)
    tour.open(tour.owing[0])
    tour.press("F4")
    tour.to("pay")
    tour.look("pay-guard")
    tour.home()
    for number in tour.owing[1:3]:
        tour.find(number)
        tour.press("+")
    tour.press("F4")
    tour.to("basket")
    tour.look("basket")
    tour.window.basket.clear()
    tour.home()
    tour.say("registration", "pay")
    tour.look("charges", every=False)


def complaining(tour: Tourist) -> None:
    """Complaints: registered, looked up, moved on; requests, who is served first, what was not credited."""
    tour.sign_in(CASHIER)
    tour.open(tour.owing[1])
    tour.press("F3")
    tour.to("complaint")
    tour.look("complaint")
    tour.press("11")
    tour.look("complaint-chosen")
    tour.press("Enter", "Enter", "Enter")
    tour.to("home")
    tour.look("home-complained", every=False)
    tour.press("F6")
    tour.to("status")
    tour.look("status")
    tour.press("Enter")
    tour.look("status-one")
    tour.press("1")
    tour.look("status-closing", every=False)
    tour.press("Esc", "*")
    tour.look("status-more", every=False)
    tour.press("Esc", "=")
    tour.to("message")
    tour.look("message")
    tour.open(tour.owing[1])
    tour.press("1")
    tour.to("request")
    tour.look("request")
    tour.press("62")
    tour.look("request-mobile", every=False)
    tour.open(tour.owing[1])
    tour.press("2")
    tour.to("credited")
    tour.look("credited")
    tour.say("senior citizen", "priority")
    tour.look("priority")
    tour.open(tour.owing[2])
    tour.press("F3")
    tour.to("complaint")
    tour.press("91", "Enter", "Enter", "Enter")
    tour.to("called")
    tour.look("called")
    tour.press("Esc")
    tour.to("home")
    tour.look("home-danger")


def papers(tour: Tourist) -> None:
    """Bills, receipts, copies, cancelling and putting right, the account, help."""
    tour.sign_in(CASHIER)
    tour.open(tour.owing[0])
    tour.press("F5")
    tour.to("bill")
    tour.look("bill")
    tour.open(tour.owing[0])
    tour.press("*")
    tour.to("account")
    tour.look("account")
    tour.home()
    tour.press("F7")
    tour.to("receipts")
    tour.look("receipts")
    tour.press("Enter")
    tour.look("receipts-copy", every=False)
    tour.press("4")
    tour.to("undo")
    tour.look("undo")
    tour.press("Esc", "Enter", "5")
    tour.to("put_right")
    tour.look("put-right")
    tour.home()
    tour.press("F1")
    tour.to("help")
    tour.look("help")
    tour.press("F1")
    tour.look("help-keys")


def people(tour: Tourist) -> None:
    """The administrator: first steps, who signs in here, somebody let in, a new password, an access ended."""
    folder = tour.window.desk.book.folder
    tour.window.support = Support(lambda: doctor.findings(folder, NOW), lambda: folder)
    tour.sign_in("ADM")
    tour.say("first steps", "first_steps")
    tour.until(lambda: len(tour.window.findChildren(CheckCard)[-1].findChildren(Icon)) > 1, "the check")
    tour.look("first-steps")
    tour.say("staff", "people")
    tour.look("people")
    for digit, name in (("1", "people-let-in"), ("2", "people-password"), ("3", "people-end")):
        tour.press(digit)
        tour.look(name, every=False)
        tour.press("Esc")


def drawer(tour: Tourist) -> None:
    """The drawer and its moves, the day's end step by step, the papers of it, the deposit."""
    tour.sign_in(CASHIER)
    for words, page in (
        ("drawer", "drawer"), ("cash in", "cash_move"), ("no sale", "unlock"), ("take over", "handover"),
        ("z report", "drawer_papers"), ("deposit", "deposit"), ("printers", "printers"),
        ("rules in force", "about"), ("waiting work", "tasks"), ("clock", "clock"), ("sync", "sync"),
        ("set pin", "pin"), ("practice", "drill"),
    ):  # fmt: skip
        tour.say(words, page)
        tour.look(page)
    tour.home()
    tour.press("F8")
    tour.to("day_end")
    tour.look("day-end-before")
    tour.press("Enter")
    tour.look("day-end-count")


def office(tour: Tourist) -> None:
    """What the supervisor has: board, registers, books, the bank's statement, a code over the telephone."""
    tour.sign_in(SUPERVISOR)
    for words, page in (
        ("board", "board"), ("roster", "roster"), ("registers", "registers"), ("books", "books"),
        ("bank statement", "bank"), ("give a code", "answer"), ("many bills", "many_bills"),
    ):  # fmt: skip
        tour.say(words, page)
        tour.look(page)
    tour.home()
    tour.press("F12")
    tour.to("sign_in")
    tour.look("locked")
    tour.press(PASSWORD, "Enter")
    tour.to("home")


def first_run(tour: Tourist) -> None:
    """A PC without records: what it is to be, set up by file or by typing, a copy put back."""
    nothing = tour.window.desk.book.folder.with_name("nothing")
    begins = first_run_of(nothing, lambda _told: None, lambda: None)
    tour.window.begin_first_run(begins._replace(demand_keyring=lambda: None))
    tour.to("first_run")
    tour.until(lambda: len(tour.window.findChildren(CheckCard)[-1].findChildren(Icon)) > 1, "the check")
    tour.look("first-run-language")
    tour.press("1" if tour.window.language is Language.HINDI else "2")
    tour.look("first-run")
    tour.press("1")
    tour.to("set_up")
    tour.look("set-up-file")
    tour.press("Enter")
    tour.look("set-up-typed")
    tour.press("22-14", *["Enter"] * 14)
    tour.look("set-up-wrong", every=False)
    tour.press("Esc", "Esc")
    tour.to("first_run")
    tour.press("2")
    tour.to("put_back")
    tour.look("put-back")


PARTS: tuple[Callable[[Tourist], None], ...] = (
    finding, paying, complaining, papers, drawer, office, people, first_run,
)  # fmt: skip


def go(
    application: QApplication,
    folder: Path,
    part: Callable[[Tourist], None],
    language: Language,
    out: Path | None,
) -> dict[str, tuple[str, ...]]:
    """A part of the tour in one language, at an office of its own; the faults seen at each stop."""
    tour = Tourist(application, folder, language, out)
    try:
        part(tour)
        return tour.seen
    finally:
        tour.close()


def main() -> int:
    """Go in both languages, print what is wrong; the exit code."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, required=True, help="folder for the pictures")
    out = asked.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    application = QApplication(sys.argv[:1])
    application.setStyle("Fusion")
    theme.load_fonts()
    theme.wear(application, dark=False)
    wrong = 0
    for language, part in product(Language, PARTS):
        with TemporaryDirectory() as scratch:
            seen = go(application, copied(Path(scratch)), part, language, out)
        for name, faults in seen.items():
            for fault in faults:
                wrong += 1
                print(f"{name} {language.value} {fault}")
    return 1 if wrong else 0


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main())
