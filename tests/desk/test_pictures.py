"""Photos and scans beside complaints: kept in parts, put together again, gone with a lawful erasing."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest

from counter_app.desk import beside, complaints, pictures, requests
from counter_app.desk.complaints import Registered
from counter_app.desk.desk import Desk
from counter_app.domain.complaint import PictureAttached
from counter_app.domain.complaint_refusals import NoPicture, TooManyPictures
from counter_app.domain.entry import COMPLAINT_KINDS, Entry, Kind
from counter_app.domain.people import Session
from counter_app.domain.picture import LARGEST, MOST, PART
from counter_app.store.journal import entries as journal_entries
from counter_app.wire.bodies import ComplaintErased, Left
from counter_app.wire.payloads import decode, encode
from tests.desk import small_office
from tests.desk.small_office import NOW, complaining, nothing_recorded, payloads, signed_in
from tests.desk.window_buttons import SEEN_AND_AGREED
from tests.store.hearing import COMPANY, enrolled, hear


def jpeg(size: int = PART, seed: int = 1) -> bytes:
    """So many bytes with the beginning and end of a JPEG."""
    return b"\xff\xd8\xff" + Random(seed).randbytes(size - 5) + b"\xff\xd9"


SMALL, LARGE = jpeg(700), jpeg(2 * PART + 1)


@pytest.fixture
def made(desk: Desk, cashier: Session) -> Registered:
    """A complaint with a picture of three parts."""
    return complaints.register(desk, cashier, complaining(picture=LARGE), NOW)


@pytest.fixture
def other(pattern: Path, tmp_path: Path) -> Iterator[Desk]:
    """Another counter of the office, to which the centre speaks."""
    opened = small_office.opened(Path(shutil.copytree(pattern, tmp_path / "other")))
    enrolled(opened.book)
    yield opened
    opened.book.close()


def said(desk: Desk) -> list[Entry]:
    """What a counter recorded of complaints, as it is in a feed."""
    with desk.book.reading() as connection:
        made = [one for one in journal_entries(connection) if one.header.kind in COMPLAINT_KINDS]
    return [replace(one, signature=b"") for one in made]


def kept(desk: Desk, made: Registered) -> list[bytes | None]:
    """The pictures of a complaint as a counter has them."""
    return [one.content for one in pictures.of_complaint(desk, signed_in(desk), made.act, NOW)]


def test_a_picture_is_registered_with_its_complaint_in_parts(
    desk: Desk, cashier: Session, made: Registered
) -> None:
    (one,) = pictures.of_complaint(desk, cashier, made.act, NOW)
    assert (one.content, one.at, one.by) == (LARGE, NOW, cashier.person.code)
    assert len(payloads(desk, Kind.PICTURE_ATTACHED)) == 3
    row = complaints.complaint(desk, cashier, made.act, NOW)
    assert (row.events, beside.beside(desk, cashier, made.act, NOW).pictures) == ((), 1)
    with nothing_recorded(desk):
        complaints.register(desk, cashier, complaining(act=made.act, picture=SMALL), NOW)


def test_a_request_takes_one_too(desk: Desk, cashier: Session) -> None:
    made = requests.register(desk, cashier, replace(SEEN_AND_AGREED, act=uuid4(), picture=SMALL), NOW)
    assert kept(desk, made) == [SMALL]


def test_more_are_brought_later_each_once_and_not_without_end(
    desk: Desk, cashier: Session, made: Registered
) -> None:
    act = uuid4()
    assert len(pictures.attach(desk, cashier, act, made.act, SMALL, NOW)) == 2
    with nothing_recorded(desk):
        pictures.attach(desk, cashier, act, made.act, jpeg(900), NOW)
        pictures.attach(desk, cashier, uuid4(), made.act, SMALL, NOW)
    for seed in range(2, MOST):
        pictures.attach(desk, cashier, uuid4(), made.act, jpeg(700, seed), NOW)
    with nothing_recorded(desk), pytest.raises(TooManyPictures):
        pictures.attach(desk, cashier, uuid4(), made.act, jpeg(700, 99), NOW)


@pytest.mark.parametrize("none", [b"x", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", SMALL[:-1], jpeg(LARGEST + 1)])
def test_what_is_no_picture_of_ours_is_refused(
    desk: Desk, cashier: Session, made: Registered, none: bytes
) -> None:
    with nothing_recorded(desk):
        for register in (
            lambda: complaints.register(desk, cashier, complaining(picture=none), NOW),
            lambda: requests.register(
                desk, cashier, replace(SEEN_AND_AGREED, act=uuid4(), picture=none), NOW
            ),
            lambda: pictures.attach(desk, cashier, uuid4(), made.act, none, NOW),
        ):
            with pytest.raises(NoPicture):
                register()


def test_the_largest_fits_its_entries(desk: Desk, cashier: Session) -> None:
    made = complaints.register(desk, cashier, complaining(picture=jpeg(LARGEST)), NOW)
    assert kept(desk, made) == [jpeg(LARGEST)]
    assert len(payloads(desk, Kind.PICTURE_ATTACHED)) == LARGEST // PART


def test_another_counter_puts_the_parts_together_in_whatever_order_they_come(
    desk: Desk, other: Desk, made: Registered
) -> None:
    first, *rest = reversed(said(desk))
    hear(other.book, rest[-1], first)
    assert kept(other, made) == [None], "two parts are still to come"
    hear(other.book, *rest[:-1])
    hear(other.book, *rest)
    assert kept(other, made) == [LARGE]
    row = complaints.complaint(other, signed_in(other), made.act, NOW)
    assert (row.registered, row.events) == (made.registered, ())


def test_a_part_that_lies_makes_no_picture(desk: Desk, other: Desk, made: Registered) -> None:
    registered, *parts = said(desk)
    payload = decode(Kind.PICTURE_ATTACHED, 1, parts[1].payload)
    assert isinstance(payload, PictureAttached)
    lied = replace(parts[1], payload=encode(replace(payload, content=bytes(PART))))
    hear(other.book, registered, parts[0], lied, parts[2])
    assert kept(other, made) == [None]


def test_erasing_empties_it_here_and_there(desk: Desk, other: Desk, made: Registered) -> None:
    enrolled(desk.book)
    unsigned = ComplaintErased(made.act, "")
    left = tuple(Left(one.hash.hex(), one.payload.decode()) for one in said(desk))
    erased = replace(unsigned, signature=COMPANY.sign(unsigned.message).hex(), left=left)
    hear(other.book, *said(desk))
    hear(other.book, erased)
    own = said(desk)
    hear(desk.book, *own, erased)
    for counter in (desk, other):
        assert kept(counter, made) == []
    with other.book.reading() as connection:
        left_over = "SELECT count(*) FROM foreign_entries WHERE payload <> x''"
        assert connection.exec_driver_sql(left_over).scalar() == 0
    assert all(one.erased for one in said(desk))
    assert small_office.faults(desk) == ()


def test_a_complaint_that_came_empty_has_no_picture(desk: Desk, other: Desk, made: Registered) -> None:
    bare = [replace(one, payload=b"", salt=b"") for one in said(desk)]
    unsigned = ComplaintErased(made.act, "")
    left = tuple(Left(one.hash.hex(), one.payload.decode()) for one in said(desk))
    hear(other.book, *bare, replace(unsigned, signature=COMPANY.sign(unsigned.message).hex(), left=left))
    assert kept(other, made) == []
    assert complaints.complaint(other, signed_in(other), made.act, NOW).registered.note == ""
