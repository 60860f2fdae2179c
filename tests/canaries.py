"""Fifty things that are somebody's own go through a day at the counter: do log and support file hold any?

``python -m tests.canaries FOLDER`` is that day, in an empty folder: a process of its own, because it listens
to faults as the program does.
"""

import csv
import os
import subprocess
import sys
import threading
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from io import StringIO
from pathlib import Path

from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QApplication

from counter_app import demo, log, support
from counter_app.__main__ import main as counter_app
from counter_app.demo import extracts
from counter_app.demo.staff import CASHIER, PASSWORD, SUPERVISOR
from counter_app.desk.rules import load_rules
from counter_app.domain.days import business_day
from counter_app.ui import crash, theme
from counter_app.ui.support import Support
from counter_app.words.say import Language
from tests.screens.tourist import Tourist

_TEXTS = ("सुरेश मालवीय", "SURESH MALVIYA", "12 शिवाजी चौक", "12 Shivaji Chowk", "suresh@example.in")
MOBILES = tuple(f"98260482{at:02d}" for at in range(10))
NUMBERS = tuple(f"N22095000{at:02d}" for at in range(10))
REFERENCES = tuple(f"40012345678{at}" for at in range(10))
SECRETS = tuple(f"QURESHI-{at}" for at in range(10))
TEXTS = tuple(f"{_TEXTS[at % 5]} {at}" for at in range(10))
CANARIES = (*MOBILES, *NUMBERS, *REFERENCES, *SECRETS, *TEXTS)


def written(folder: Path) -> dict[str, str]:
    """Live the day in an empty folder; what log and support file hold then, by the names of their parts."""
    command = [sys.executable, "-m", "tests.canaries", str(folder)]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    root = Path(__file__).parents[1]
    subprocess.run(command, cwd=root, env=environment, capture_output=True, check=True, timeout=300)
    held = {file.name: file.read_text("utf-8") for file in log.files(folder)}
    (file,) = (folder / "papers").glob("support-*.zip")
    with zipfile.ZipFile(file) as bundle:
        return held | {f"{file.name}/{name}": bundle.read(name).decode() for name in bundle.namelist()}


def hits(held: dict[str, str]) -> list[str]:
    """The canaries in it, and where each was found."""
    return [f"{one} in {name}" for name, text in held.items() for one in (*CANARIES, PASSWORD) if one in text]


def day(folder: Path) -> None:
    """Files with bad rows, a wrong password, work on what the files brought, faults, the file."""
    now = datetime.now(UTC)
    demo.make(folder, consumers=60, seed=3, now=now)
    crash.watch(folder)
    _import(folder, now)
    application = QApplication([])
    theme.load_fonts()
    theme.wear(application, dark=False)
    tour = Tourist(application, folder, Language.HINDI, None, now)
    tour.window.support = Support(tuple, partial(support.write_beside, folder, now))
    try:
        _work(tour, folder)
    finally:
        tour.close()
    log.end()


def _work(tour: Tourist, folder: Path) -> None:
    for password in (*SECRETS[:2], PASSWORD):
        tour.press("Esc", CASHIER, "Enter", password, "Enter")
        tour.until(lambda: not tour.window.page().saving)
    tour.to("home")
    for at in (0, 1):
        _serve(tour, at)
    _fail(tour)
    tour.press("F1", "2")
    tour.until(lambda: any((folder / "papers").glob("support-*.zip")), "the file")


def _import(folder: Path, now: datetime) -> None:
    """Ten people made of canaries go in; as many rows that hold canaries in the wrong cells do not."""
    accounts = extracts.accounts(load_rules(), 10, business_day(now), 5)
    people, bills, payments = [], [], []
    for at, account in enumerate(accounts):
        one = replace(
            account.consumer, number=NUMBERS[at], mobile=MOBILES[at], house=TEXTS[at],
            name_hi=_TEXTS[0], name_en=_TEXTS[1], locality_hi=_TEXTS[2], locality_en=_TEXTS[3],
        )  # fmt: skip
        people += [extracts.consumer_cells(one), [NUMBERS[at], SECRETS[at], TEXTS[at]]]
        bills += [extracts.bill_cells(replace(bill, consumer=NUMBERS[at])) for bill in account.bills]
        payments += [[NUMBERS[at], MOBILES[at], TEXTS[at], SECRETS[at], "upay", REFERENCES[at], "no", "no"]]
    files = []
    for kind, headings, rows in (
        ("consumers", extracts.CONSUMERS, people),
        ("bills", extracts.BILLS, bills),
        ("payments", extracts.PAYMENTS, payments),
    ):
        path = folder / f"{kind}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([headings, *rows])
        files += [f"--{kind}", str(path)]
    sys.stdin = StringIO(f"{PASSWORD}\n")
    if counter_app(["import", "--data", str(folder), "--as", SUPERVISOR, *files, "--json"]) != 1:
        raise AssertionError("some rows must have been taken and some not")


def _serve(tour: Tourist, at: int) -> None:
    """A complaint and a payment of somebody whom a file brought."""
    tour.open(NUMBERS[at])
    tour.press("F3")
    tour.to("complaint")
    tour.press("17", "Enter", TEXTS[at], "Enter", SECRETS[at + 2], "Enter")
    tour.to("home")
    tour.open(NUMBERS[at])
    tour.press("F4")
    tour.to("pay")
    tour.press("2", "Enter", SECRETS[at], "Enter", "Esc")
    tour.open(NUMBERS[at])
    tour.press("F4")
    tour.to("pay")
    tour.press("2", "Enter", REFERENCES[at], "Enter")
    tour.to("home")


def _fail(tour: Tourist) -> None:
    """Faults that nobody foresaw, each with a canary in its hands: of a thread, Qt, the desk, a slot."""
    for canary in CANARIES:
        qWarning(canary)
        thread = threading.Thread(target=int, args=(canary + "x",))
        thread.start()
        thread.join()
        tour.window.background.run(partial(int, canary + "x"), print)
        sys.excepthook(KeyError, KeyError(canary), None)
    tour.home()


if __name__ == "__main__":
    day(Path(sys.argv[1]))
