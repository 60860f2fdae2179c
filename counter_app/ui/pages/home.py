"""Home: find a consumer by anything people bring, see what is due, go on with a key."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QResizeEvent

from counter_app.desk import finding
from counter_app.desk.rows import Found
from counter_app.domain.consumer import read_number
from counter_app.domain.people import Right, may
from counter_app.ui.actions import BY_NAME, WITHOUT_KEY
from counter_app.ui.meant import meant
from counter_app.ui.page import CARD_GAP, Frame, Key, Keys, Page, Visit
from counter_app.ui.pages.home_asked import Answer, Start, find, late, start
from counter_app.ui.pages.home_danger import DangerCard
from counter_app.ui.pages.home_guides import Hint, NotFoundCard, StartCard, taken_for
from counter_app.ui.pages.home_parts import (
    ClockCard,
    DrawerCard,
    HeldCard,
    NobodyCard,
    PreviewCard,
    RecentStrip,
    ResultStrip,
)
from counter_app.ui.pages.home_work import BasketCard, WaitingCard
from counter_app.ui.results import Item, ResultList, is_called
from counter_app.ui.wording import one_name
from counter_app.words.say import Both, both

if TYPE_CHECKING:
    from counter_app.desk.today import Notices, Today
    from counter_app.ui.pages.home_today import NoticesCard, TodayCard

FEWEST_SIGNS = 2  # nobody is looked for by less
NEIGHBOURS = "*"
TOGETHER = "+"
ACTIONS = (
    "help", "find", "complaint", "pay", "bill", "status", "receipts", "day_end", "hold", "lock",
)  # fmt: skip
# What the search box leads to by word: whatever has a key, but for the search itself.
SAID = (*(name for name in ACTIONS if name != "find"), "language", *(action.name for action in WITHOUT_KEY))
NEED_SELECTED = frozenset({"pay", "bill"})
# Below the room of a screen of 768 the recent consumers stand in one row.
USUAL_HEIGHT = 590
TODAY_AFTER_MS = 300
"""Nobody waits for today's counts: what was asked for at once comes first."""


class HomePage(Page):
    """The search box has the focus here, always."""

    name = "home"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        frame.background.search(partial(finding.get_ready, frame.desk), self._is_ready)
        language = self.language
        self._scanned = False
        self._armed = False
        self._typed = self._answered = ""
        self._open_then = self._add_then = False
        self._start = Start((), (), None, None, (), ())
        self._strip = ResultStrip()
        self._list = ResultList(language)
        self._hint = Hint(language)
        self._recent = RecentStrip(language)
        self._preview = PreviewCard(language)
        self._held, self._clock = HeldCard(language), ClockCard(language)
        self._drawer = DrawerCard(language)
        self._begin, self._not_found = StartCard(language), NotFoundCard(language)
        self._danger = DangerCard(language, frame.desk.rules)
        self._nobody = NobodyCard(language)
        self._basket, self._waiting = BasketCard(language), WaitingCard(language)
        self._today: TodayCard | None = None
        self._notices: NoticesCard | None = None
        self._later = QTimer(self, singleShot=True, interval=TODAY_AFTER_MS)
        self._later.timeout.connect(self._ask_today)
        for widget in (self._strip, self._danger, self._begin, self._not_found, self._list, self._hint):
            self.main_column.addWidget(widget)
        self.main_column.addStretch(1)
        self.main_column.addWidget(self._recent)
        self.side_column.addWidget(self._basket)
        self.side_column.addWidget(self._preview, 1)
        for card in (self._clock, self._nobody, self._waiting, self._held, self._drawer):
            self.side_column.addWidget(card)
        self.side_column.addStretch(0)
        self._preview.hide()
        self._not_found.hide()
        self._list.moved.connect(self._show_selected)
        self._list.opened.connect(self.accept)
        self._danger.opened.connect(self.accept)
        self._recent.picked.connect(self._open_number)
        self._clock.pressed.connect(partial(frame.act, "clock"))
        self._drawer.picked.connect(self.frame.act)

    # -- what the window calls -----------------------------------------------------------------------

    def keys(self) -> Keys:
        language = self.language
        selected, chosen = self._list.selected() is not None, self._list.action()
        offered = {chosen.name} if chosen else set()
        offered |= {"pay"} if self.frame.basket else set()
        actions = tuple(
            name
            for name in ACTIONS
            if (selected or name not in NEED_SELECTED or name in offered)
            and (self._start.held or name != "hold")
        )
        neighbours, together = both("Neighbours", language), both("Pay together", language)
        return Keys(
            actions,
            current="find",
            more=(Key(NEIGHBOURS, neighbours), Key(TOGETHER, together)) if selected else (),
            escape=both("Clear", language) if self.frame.search.text() else Both("", ""),
            accept=both("Open", language) if selected or chosen or self._danger.selected() else Both("", ""),
            renamed=(
                ("hold", both("Held work", language)),
                *((("pay", both("Pay all", language)),) if self.frame.basket else ()),
            ),
        )

    def opened(self) -> None:
        super().opened()
        self._ask_start()

    def typed(self) -> str:
        return self.frame.search.text()

    def enter(self, visit: Visit) -> None:
        self._scanned = visit.scanned
        if self.frame.search.text() != visit.typed:
            self.frame.search.put(visit.typed)
        self.frame.search.take_focus()
        self._ask(visit.typed)

    def again(self) -> None:
        self.frame.search.put(self._typed)
        self.frame.search.take_focus()
        self._ask_start()

    def leave(self) -> None:
        self._later.stop()
        self._disarm()
        self._strip.hide()
        self.frame.background.forget_searches()
        self.frame.search.say_count(Both("", ""))
        self.frame.search.put("")

    def refresh(self) -> None:
        self._ask_start()

    def accept(self) -> None:
        self._strip.hide()
        sure = meant(self._typed, self._sayable()).sure
        if self._answered != self._typed:
            if sure:
                self.frame.act(sure[0].name)
            self._open_then = not sure
            return
        row, action = self._list.selected(), self._list.action()
        if row is not None:
            self._open_number(row.number)
        elif action is not None:
            self.frame.act(action.name)
        elif (danger := self._danger.selected()) is not None:
            self.frame.go("called", Visit(act=danger))

    def escape(self) -> None:
        self._strip.hide()
        self._disarm()
        if self.frame.search.text():
            self.frame.search.put("")
            self._ask("")
        else:
            self.frame.back()

    def step(self, rows: int) -> bool:
        self._strip.hide()
        return self._danger.step(rows) or self._list.step(rows)

    def wants_digits(self) -> bool:
        return self._armed

    def digit(self, digit: str) -> bool:
        armed = self._armed
        self._disarm()
        place = int(digit) - 1
        if armed and 0 <= place < len(self._start.recent):
            self._open_number(self._start.recent[place].number)
            return True
        return False

    def other_key(self, key: int, text: str) -> bool:
        """Letters typed while something else has the focus go into the search."""
        if len(text) != 1 or not text.isprintable():
            return False
        self.frame.search.take_focus()
        self.frame.search.put(self.frame.search.text() + text)
        self._ask(self.frame.search.text())
        return True

    def acts(self, action: str) -> bool:
        self._strip.hide()
        search = self.frame.search
        if action == "find" and search.has_focus() and not search.text():
            self._armed = True
            self._recent.arm(on=True)
            return True
        if action == "pay" and self.frame.basket:
            self.frame.go("basket")
            return True
        if action == "hold":
            if self._start.held:
                held = self._start.held[0]
                self.frame.go(held.screen, Visit(consumer=held.consumer, draft=held))
            return True
        return False

    def consumer(self) -> str:
        row = self._list.selected()
        return row.number if row else ""

    def show_result(self, result: Both, note: str) -> None:
        """The green strip after something was recorded."""
        self._strip.show_result(result, note)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give the list the room that strip, hint and recent consumers leave."""
        self._recent.show_rows(2 if self.height() >= USUAL_HEIGHT else 1)
        above = self._strip, self._danger, self._hint, self._recent
        others = [widget for widget in above if not widget.isHidden()]
        taken = sum(widget.sizeHint().height() + CARD_GAP for widget in others)
        self._list.fit(self.height() - taken)
        if self._today is not None:
            left = self.height() - taken - self._begin.sizeHint().height() - CARD_GAP
            fits = left >= self._today.minimumSizeHint().height()
            self._today.setVisible(fits and not self._begin.isHidden())

    def _disarm(self) -> None:
        self._armed = False
        self._recent.arm(on=False)

    def _is_ready(self, _nothing: None) -> None:
        """The first search will be quick; there is nothing to show for it."""

    # -- finding -------------------------------------------------------------------------------------

    def _ask(self, typed: str) -> None:
        """Look for what is typed; the old list stays until the answer is here."""
        if typed:
            self._strip.hide()
        self._open_then = self._add_then = False
        self._disarm()
        if typed.endswith(TOGETHER):
            typed = typed.removesuffix(TOGETHER)
            self.frame.search.put(typed)
            if typed == self._answered:
                self._add_selected()
                return
            self._add_then = True
        self._typed = typed
        if not typed.strip():
            self.frame.background.forget_searches()
            self._show_found(Answer(typed, Found("nothing", ()), ()))
            return
        row = self._list.selected()
        if row is not None and typed == self._answered + NEIGHBOURS and typed != row.number + NEIGHBOURS:
            self._typed = typed = row.number + NEIGHBOURS
            self.frame.search.put(typed)
        job = partial(find, self.frame.desk, self.frame.session, typed, self.frame.now())
        self.frame.background.search(job, self._show_found)

    @Slot(object)
    def _show_found(self, answer: Answer) -> None:
        self._answered, found, rows = answer
        typed = self._typed.strip()
        sure, likely, begun = meant(typed, self._sayable())
        if likely and any(is_called(row.row, typed) for row in rows):  # a Rashid is no receipt (रसीद)
            likely, begun = (), (*likely, *begun)
        items: tuple[Item, ...] = (*sure, *likely, *rows, *begun)
        count = taken_for(found, len(rows), len(rows) == finding.SHOWN, self.language)
        enough = len(typed) >= FEWEST_SIGNS
        self.frame.search.say_count(count if enough and (rows or not items) else Both("", ""))
        self._hint.setVisible(bool(rows))
        self._not_found.show_for(found)
        self._not_found.setVisible(enough and not items)
        self._begin.setVisible(not enough and not items)
        self._show_danger()
        self._list.show_items(items, self._typed)
        self._show_selected()
        scanned, asked = self._scanned, self._open_then
        adds = self._add_then and self._answered == self._typed  # an older answer may still have come
        self._scanned = self._open_then = False
        self._add_then = self._add_then and not adds
        if rows and scanned and len(rows) == 1 and read_number(self._typed):
            self._open_number(rows[0].row.number)
        elif asked:
            self.accept()
        elif adds:
            self._add_selected()

    def _add_selected(self) -> None:
        """The selected consumer is paid together with those that were added before; the box is free again."""
        row = self._list.selected()
        if row is not None:
            self.frame.basket[row.number] = one_name(self.language, row.name_hi, row.name_en)
            self.frame.search.put("")
            self._ask("")
        self._show_basket()

    def _show_basket(self) -> None:
        self._basket.show_basket(self.frame.basket)
        self.frame.keys_changed()

    @Slot()
    def _show_selected(self) -> None:
        self.frame.keys_changed()
        row = self._list.selected()
        self._preview.setVisible(row is not None)
        self._show_cards()
        if row is None:
            return
        result = self._list.result()
        assert result is not None
        self._preview.show_row(result, self.frame.now())
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        self.fetch(lambda: finding.preview(desk, session, row.number, at), self._show_preview)

    def _show_preview(self, preview: finding.Preview) -> None:
        row = self._list.selected()
        if row is not None and row.number == preview.row.number:
            self._preview.show_preview(preview, self.frame.now())

    def _sayable(self) -> tuple[str, ...]:
        """Actions that the search box leads to now."""
        role = self.frame.session.person.role
        rights = {name: BY_NAME[name].right for name in SAID if self._start.held or name != "hold"}
        return tuple(name for name, right in rights.items() if right is None or may(role, right))

    # -- recents and held work -----------------------------------------------------------------------

    def _ask_start(self) -> None:
        job = partial(start, self.frame.desk, self.frame.session, self.frame.now())
        self.fetch(job, self._show_start)
        self._later.start()

    @Slot()
    def _ask_today(self) -> None:
        self.fetch(partial(late, self.frame.desk, self.frame.session, self.frame.now()), self._show_today)

    def _show_start(self, start: Start) -> None:
        self._start = start
        self._recent.show_recent(start.recent)
        self._held.show_held(start.held)
        self._waiting.show_waiting(start.waiting, self.frame.now())
        self._danger.show_waiting(start.danger, self.frame.now())
        self._show_danger()
        self._clock.show_doubt(start.doubt, self.frame.now())
        self._show_basket()
        self._show_cards()

    def _show_danger(self) -> None:
        """What must be telephoned about stands first, while nothing is typed."""
        self._danger.setVisible(self._danger.waits and not self._typed.strip())
        self._fit()

    def _show_today(self, found: "tuple[Today | None, Notices]") -> None:
        from counter_app.ui.pages.home_today import NoticesCard, TodayCard

        today, told = found
        if self._notices is None:
            self._notices = NoticesCard(self.language)
            self.side_column.insertWidget(0, self._notices)
        self._notices.show_notices(told)
        if today is not None:
            if self._today is None:
                self._today = TodayCard(self.language)
                self.main_column.insertWidget(self.main_column.indexOf(self._begin) + 1, self._today)
            self._today.show_today(today)
        self._fit()

    def _show_cards(self) -> None:
        """What stands beside the list while nobody is selected; the drawer's pages for whom takes money."""
        nobody, takes = self._list.selected() is None, may(self.frame.session.person.role, Right.TAKE_PAYMENT)
        self._nobody.setVisible(nobody)
        self._held.setVisible(nobody and bool(self._start.held))
        self._waiting.setVisible(nobody and bool(self._start.waiting))
        self._drawer.show_drawer(self._start.drawer)
        self._drawer.setVisible(nobody and takes)

    @Slot(str)
    def _open_number(self, number: str) -> None:
        self.frame.go("consumer", Visit(consumer=number))
