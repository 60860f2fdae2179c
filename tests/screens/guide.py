"""The pictures of the guide: ``python -m tests.screens.guide`` takes them anew, in both languages."""

import os
import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from PySide6.QtCore import QBuffer
from PySide6.QtWidgets import QApplication

from counter_app.app import first_run_of
from counter_app.demo.staff import CASHIER, PASSWORD
from counter_app.ui import theme
from counter_app.ui.check_card import CheckCard
from counter_app.ui.icons import Icon
from counter_app.words.say import Language
from tests.house.reading import ROOT
from tests.offices import copied
from tests.screens.tourist import Tourist

SIZE = 1000, 562
COLOURS = 200


def keep(tour: Tourist, name: str, language: Language) -> None:
    """Keep what is shown as a picture of the guide."""
    tour.breathe()
    shown = QBuffer()
    shown.open(QBuffer.OpenModeFlag.WriteOnly)
    tour.window.grab().save(shown, "PNG")
    picture = Image.open(BytesIO(shown.data().data())).convert("RGB").resize(SIZE, Image.Resampling.LANCZOS)
    few = picture.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(ROOT / "docs" / "screens" / f"guide-{language.value}-{name}.png", optimize=True)


def begin(tour: Tourist, language: Language) -> None:
    """A PC that is no counter yet."""
    nothing = tour.window.desk.book.folder.with_name("nothing")
    tour.window.begin_first_run(first_run_of(nothing, lambda _told: None, lambda: None))
    tour.to("first_run")
    tour.press("1" if language is Language.HINDI else "2")
    tour.until(lambda: len(tour.window.page().findChildren(CheckCard)[0].findChildren(Icon)) > 1, "the check")
    keep(tour, "first-run", language)


def walk(tour: Tourist, language: Language) -> None:
    """A morning at the counter."""
    tour.window.demo_signs = (CASHIER, PASSWORD, "keys.json")
    tour.window.page().refresh()
    keep(tour, "sign-in", language)
    tour.sign_in(CASHIER)
    tour.find("sur mal")
    keep(tour, "home-found", language)
    tour.open(tour.owing[0])
    tour.press("F4")
    tour.to("pay")
    tour.press("3000")
    keep(tour, "pay", language)
    tour.pay(tour.owing[2])
    tour.open(tour.owing[1])
    tour.press("F3")
    tour.to("complaint")
    tour.press("11")
    keep(tour, "complaint", language)
    tour.press("Enter", "Enter", "Enter")
    tour.to("home")
    for key, page, name in (("F6", "status", "status"), ("F7", "receipts", "receipts"),
                            ("F8", "day_end", "day-end-before")):  # fmt: skip
        tour.home()
        tour.press(key)
        tour.to(page)
        if page == "status":
            tour.press("Enter")
        keep(tour, name, language)


def main() -> None:
    """In both languages."""
    application = QApplication(sys.argv[:1])
    application.setStyle("Fusion")
    theme.load_fonts()
    theme.wear(application, dark=False)
    for language in Language:
        with TemporaryDirectory() as scratch:
            tour = Tourist(application, copied(Path(scratch)), language, None)
            begin(tour, language)
            tour.close()
        with TemporaryDirectory() as scratch:
            tour = Tourist(application, copied(Path(scratch)), language, None)
            walk(tour, language)
            tour.close()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
