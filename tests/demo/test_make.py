"""The invented office: the same for the same seed and day, believable, and made whole or not at all."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from counter_app import demo
from counter_app.demo import staff
from counter_app.demo.town import words
from counter_app.desk import complaints, finding, paper, receipts, sign_in
from counter_app.desk.desk import Desk
from counter_app.domain.bill import Bill
from counter_app.domain.complaint import Stage
from counter_app.domain.consumer import Consumer, Supply, read_mobile, read_number
from counter_app.domain.days import IST, Month, business_day
from counter_app.domain.money import to_rupee
from counter_app.domain.names import fold, keys
from counter_app.domain.people import Role
from counter_app.store import finds, journal, projections, reference
from counter_app.store.book import Book
from counter_app.store.engine import Connection
from counter_app.store.vocabulary import Vocabulary
from counter_app.verify import verify_lines
from tests.offices import NOW, copied, open_desk, signed_in

CONSUMERS = 400


def consumers(connection: Connection) -> list[Consumer]:
    """All of them."""
    found = [reference.consumer(connection, number) for number in demo.numbers(connection)]
    return [one for one in found if one is not None]


def bills(connection: Connection) -> list[Bill]:
    """All of them."""
    found = [reference.bill(connection, number) for number in demo.numbers(connection)]
    return [one for one in found if one is not None]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk at a fresh copy of the office, closed afterwards."""
    desk = open_desk(copied(tmp_path, CONSUMERS))
    yield desk
    desk.book.close()


def contents(folder: Path, seed: int) -> tuple[object, ...]:
    """All that does not hang on chance of the key or the machine."""
    demo.make(folder, consumers=30, seed=seed, now=NOW)
    desk = open_desk(folder)
    with desk.book.reading() as connection:
        numbers = demo.numbers(connection)
        told = (
            consumers(connection),
            bills(connection),
            [reference.history(connection, number) for number in numbers],
            [reference.known_payments(connection, number) for number in numbers],
            [(entry.header.act, entry.payload) for entry in journal.entries(connection)],
        )
    desk.book.close()
    return told


def test_the_same_seed_and_day_make_the_same_office(tmp_path: Path) -> None:
    first, second, other = (contents(tmp_path / name, seed) for name, seed in (("a", 5), ("b", 5), ("c", 6)))
    for one, same in zip(first[:4], second[:4], strict=True):
        assert one == same
    assert [payload for _, payload in first[4]] == [payload for _, payload in second[4]]  # type: ignore[attr-defined]
    assert first[0] != other[0]


def test_consumers_look_like_those_of_a_zone(desk: Desk) -> None:
    with desk.book.reading() as connection:
        people = consumers(connection)
    assert len(people) == CONSUMERS
    assert all(read_number(one.number) == one.number for one in people)
    assert all(re.fullmatch(r"\d{8}-\d{2}-\d{2}-\d{6}", one.old_number) for one in people)
    assert len({one.meter for one in people}) == CONSUMERS
    assert all(re.search("[ऀ-ॿ]", one.name_hi) and one.name_en.isascii() for one in people)
    assert {one.relation for one in people} == {"father", "husband"}
    with_mobile = [one.mobile for one in people if one.mobile]
    assert CONSUMERS * 0.7 < len(with_mobile) < CONSUMERS
    assert 0 < sum(read_mobile(mobile) is None for mobile in with_mobile) < CONSUMERS // 10
    assert all(mobile.startswith("6666") for mobile in with_mobile)
    assert {one.urban for one in people} == {True, False}
    assert Counter(one.supply for one in people)[Supply.DISCONNECTED] > 0
    for part in ("feeder", "dtr", "pole", "group", "diary"):
        assert len({getattr(one, part) for one in people}) > 1, part


def test_every_latin_spelling_leads_to_the_devanagari_name() -> None:
    lists = words()
    for row in (*lists.men, *lists.women, *lists.families):
        known = Vocabulary(keys(row[0].replace(" ", "")))
        for spelling in row[1:]:
            key = fold(spelling.replace(" ", ""))
            assert known.whole(key) or known.near(key), row


def test_bills_add_up_by_the_order_they_name(desk: Desk) -> None:
    with desk.book.reading() as connection:
        made = bills(connection)
        used = [reference.history(connection, bill.consumer) for bill in made]
    assert len(made) == CONSUMERS
    assert len({bill.number for bill in made}) == CONSUMERS
    today = business_day(NOW)
    for bill, history in zip(made, used, strict=True):
        order = desk.rules.complete_tariff(bill.issued)
        charged = sum(line.amount for line in bill.charges)
        assert bill.rates == order.name
        assert bill.net == to_rupee(charged + bill.arrear + bill.arrear_duty + bill.surcharge)
        assert bill.issued <= today
        assert bill.issued < bill.due
        assert bill.current.value - bill.previous.value == bill.metered == bill.units
        assert sum(slab.units for slab in bill.slabs) == bill.units
        assert [row.month for row in history] == [bill.month.plus(n - 12) for n in range(13)]
        assert history[-1].units == bill.units
    assert sum(bill.arrear > 0 for bill in made) > CONSUMERS // 20
    assert len({bill.units for bill in made}) > 50


def test_money_came_through_all_channels_posted_and_not_yet(desk: Desk) -> None:
    with desk.book.reading() as connection:
        paid = [
            row for number in demo.numbers(connection) for row in reference.known_payments(connection, number)
        ]
    wanted = {"portal", "upay", "bbps", "mponline", "agent", "pos", "other counter", "kiosk", "atp"}
    assert {row.channel for row in paid} == wanted
    assert {row.posted for row in paid} == {True, False}
    assert all(row.on <= business_day(NOW) and row.amount > 0 and row.amount % 100 == 0 for row in paid)


def test_the_counter_s_own_past_is_made_of_real_entries(desk: Desk) -> None:
    session = signed_in(desk)
    with desk.book.reading() as connection:
        report = verify_lines(journal.export(connection))
        assert report.faults == []
        assert projections.rebuild_and_compare(connection) == ()
        open_now = finds.open_complaints(connection, ())
        earlier = finds.receipts_of_day(connection, business_day(NOW) - timedelta(days=1))
    assert report.serials["receipt"][1] >= 16
    assert len(earlier) > 3
    assert len(receipts.today(desk, session, NOW)) >= 1
    assert paper.in_doubt(desk, session) == ()
    assert {row.state.stage for row in open_now} >= {Stage.REGISTERED, Stage.ASSIGNED}
    assert {row.number.counter for row in open_now} == {1, 2}
    assert complaints.status(desk, session, str(open_now[0].number), NOW)
    assert any(finding.recent(desk, session, NOW))


def test_each_of_the_staff_signs_in_with_the_password_on_the_page(desk: Desk) -> None:
    for person in staff.STAFF:
        session = sign_in.sign_in(desk, person.code, demo.PASSWORD, uuid4(), NOW)
        assert session.person == person
        assert (session.drawer is not None) == (person.role in {Role.CASHIER, Role.SUPERVISOR})
    assert Counter(person.role for person in staff.STAFF) == {
        Role.CASHIER: 1, Role.CLERK: 1, Role.SUPERVISOR: 2, Role.ADMINISTRATOR: 1, Role.AUDITOR: 1
    }  # fmt: skip


def test_it_says_on_everything_that_it_is_a_demo(desk: Desk) -> None:
    assert desk.office.demo
    assert "demo" in (desk.book.folder / "keys.json").read_text("utf-8").lower()


EDGES = [
    datetime(2026, 1, 1, 0, 5, tzinfo=IST),
    datetime(2028, 2, 29, 9, 50, tzinfo=IST),
    datetime(2026, 3, 31, 23, 59, tzinfo=IST),
    datetime(2026, 4, 1, 17, 30, tzinfo=UTC),
    datetime(2030, 11, 1, 12, 0, tzinfo=IST),
]


@pytest.mark.parametrize("now", EDGES, ids=str)
@pytest.mark.parametrize("count", [1, 25])
def test_it_can_be_made_at_any_hour_and_size(now: datetime, count: int, tmp_path: Path) -> None:
    demo.make(tmp_path / "office", consumers=count, seed=1, now=now)
    desk = open_desk(tmp_path / "office", now)
    with desk.book.reading() as connection:
        assert len(demo.numbers(connection)) == count
        assert verify_lines(journal.export(connection)).faults == []
        assert all(bill.month <= Month.of(business_day(now)) for bill in bills(connection))
    signed_in(desk, now=now)
    desk.book.close()


def test_progress_is_told_from_nothing_to_all(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    demo.make(tmp_path / "office", consumers=2500, seed=1, now=NOW, progress=lambda *done: told.append(done))
    assert told == [(0, 2500), (2000, 2500), (2500, 2500)]


class PlugPulled(Exception):
    """Ends the making in its middle."""


def test_a_stop_in_the_middle_leaves_no_half_office(tmp_path: Path) -> None:
    def pull(done: int, _total: int) -> None:
        if done:
            raise PlugPulled

    with pytest.raises(PlugPulled):
        demo.make(tmp_path / "office", consumers=50, seed=1, now=NOW, progress=pull)
    assert not Book.exists(tmp_path / "office")
    demo.make(tmp_path / "office", consumers=50, seed=1, now=NOW)
    open_desk(tmp_path / "office").book.close()
