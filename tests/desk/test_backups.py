"""Who chooses the places, when a copy falls due, and what an office does when one of them is gone."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from counter_app.desk import backups, payments
from counter_app.desk.backups import Copying
from counter_app.desk.desk import Desk
from counter_app.domain.acts import BackupPlacesChosen, RecoveryCodeDrawn
from counter_app.domain.backup import EVERY
from counter_app.domain.backup_refusals import (
    BackupPlaceMissing,
    BackupPlacesAlike,
    BackupPlacesMissing,
    BackupStopped,
)
from counter_app.domain.entry import Kind
from counter_app.store import journal, recovery
from counter_app.store.keys import keys_of
from tests.desk.small_office import ADMINISTRATOR, NOW, OTHERS, faults, paying, payloads, sealed, signed_in

HOUR_MS = int(EVERY.total_seconds() * 1000)


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    found = tmp_path / "disk", tmp_path / "stick"
    for place in found:
        place.mkdir()
    return found


def chosen(desk: Desk, *places: Path) -> None:
    backups.choose_places(
        desk, signed_in(desk, ADMINISTRATOR), uuid4(), [str(place) for place in places], NOW
    )


def test_places_must_be_there_be_two_and_lie_outside(desk: Desk, places: tuple[Path, Path]) -> None:
    session, (disk, stick) = signed_in(desk, ADMINISTRATOR), places
    for typed, refusal in (
        (["", "  "], BackupPlacesMissing),
        ([str(disk), str(stick / "x")], BackupPlaceMissing),
        ([str(disk), f"{stick}/../disk"], BackupPlacesAlike),
        ([str(desk.book.folder)], BackupPlacesAlike),
    ):
        with pytest.raises(refusal):
            backups.choose_places(desk, session, uuid4(), typed, NOW)
    assert backups.standing(desk, session, NOW) == ()
    with pytest.raises(BackupPlacesMissing):
        backups.back_up_now(desk, session, NOW)
    assert backups.choose_places(desk, session, uuid4(), [str(disk), "", str(stick)], NOW) == (disk, stick)
    made = backups.back_up_now(desk, session, NOW)
    assert [one.newest for one in backups.standing(desk, session, NOW)] == [one.made for one in made]


def test_a_copy_falls_due_by_the_hour_and_only_when_something_was_recorded(
    desk: Desk, places: tuple[Path, Path]
) -> None:
    copying = Copying(desk)
    assert copying.copy_if_due(NOW, 0) == ()
    chosen(desk, *places)
    cashier = signed_in(desk)
    assert [one.place for one in copying.copy_if_due(NOW, 1)] == [*places]
    assert copying.copy_if_due(NOW, HOUR_MS + 1) == ()
    payments.take(desk, cashier, paying(), NOW)
    assert copying.copy_if_due(NOW, HOUR_MS) == ()
    assert len(copying.copy_if_due(NOW, HOUR_MS + 1)) == 2
    assert copying.copy_if_due(NOW, HOUR_MS * 9) == ()


def test_a_sealed_drawer_is_copied_at_once_and_before_the_program_ends(
    desk: Desk, places: tuple[Path, Path]
) -> None:
    chosen(desk, *places)
    cashier = signed_in(desk)
    copying = Copying(desk)
    copying.copy_if_due(NOW, 0)
    payments.take(desk, cashier, paying(), NOW)
    assert copying.copy_if_due(NOW, 1, closing=True) == ()
    sealed(desk, cashier, 1613_00)
    (one, two) = copying.copy_if_due(NOW, 2, closing=True)
    with desk.book.reading() as connection:
        count = journal.count(connection)
    assert (one.made, two.made) == (one.made, one.made)
    assert one.made is not None
    assert one.made.entries == count


def test_a_place_that_is_gone_is_tried_by_the_hour_not_by_the_minute(
    desk: Desk, places: tuple[Path, Path]
) -> None:
    chosen(desk, *places)
    (disk, stick), later = places, NOW + timedelta(hours=1)
    cashier, copying = signed_in(desk), Copying(desk)
    stick.rmdir()
    assert [one.made is not None for one in copying.copy_if_due(NOW, 0)] == [True, False]
    sealed(desk, cashier, 0)
    assert [one.place for one in copying.copy_if_due(NOW, 1) if one.made] == [disk]
    assert copying.copy_if_due(NOW, 2) == ()
    stick.mkdir()
    assert [one.place for one in copying.copy_if_due(later, HOUR_MS + 1) if one.made] == [disk, stick]
    assert copying.copy_if_due(later, HOUR_MS * 3) == ()


def test_a_sealed_drawer_without_a_good_copy_is_copied_at_the_close_too(
    desk: Desk, places: tuple[Path, Path]
) -> None:
    chosen(desk, *places)
    _disk, stick = places
    cashier, copying = signed_in(desk), Copying(desk)
    copying.copy_if_due(NOW, 0)
    payments.take(desk, cashier, paying(), NOW)
    sealed(desk, cashier, 1613_00)
    away = stick.rename(stick.with_name("away"))
    assert [one.made is not None for one in copying.copy_if_due(NOW, 1)] == [True, False]
    assert copying.copy_if_due(NOW, 60_001) == ()
    away.rename(stick)
    last = copying.copy_if_due(NOW, 60_002, closing=True)
    assert [one.made is not None for one in last] == [True, True]
    assert copying.copy_if_due(NOW, 60_003, closing=True) == ()


def test_the_retry_of_a_copy_behind_a_seal_is_never_stopped(desk: Desk, places: tuple[Path, Path]) -> None:
    def stop(_done: int, _pages: int) -> None:
        raise BackupStopped

    chosen(desk, *places)
    _disk, stick = places
    cashier, copying = signed_in(desk), Copying(desk)
    copying.copy_if_due(NOW, 0)
    sealed(desk, cashier, 0)
    away = stick.rename(stick.with_name("away"))
    copying.copy_if_due(NOW, 1)
    away.rename(stick)
    assert [one.made is not None for one in copying.copy_if_due(NOW, HOUR_MS + 1, stop)] == [True, True]
    payments.take(desk, signed_in(desk), paying(), NOW)
    with pytest.raises(BackupStopped):
        copying.copy_if_due(NOW, HOUR_MS * 2 + 1, stop)


def test_at_its_start_the_program_knows_by_the_names_what_is_copied(
    desk: Desk, places: tuple[Path, Path]
) -> None:
    chosen(desk, *places)
    cashier = signed_in(desk)
    assert len(Copying(desk).copy_if_due(NOW, 0)) == 2
    assert Copying(desk).copy_if_due(NOW, 0) == ()
    payments.take(desk, cashier, paying(OTHERS[0]), NOW)
    assert len(Copying(desk).copy_if_due(NOW + timedelta(minutes=1), 0)) == 2


def test_the_code_opens_the_keys_of_this_counter(desk: Desk, places: tuple[Path, Path]) -> None:
    chosen(desk, *places)
    code = backups.new_recovery_code(desk, signed_in(desk, ADMINISTRATOR), uuid4(), NOW)
    backups.back_up_now(desk, signed_in(desk, ADMINISTRATOR), NOW)
    for place in places:
        (beside,) = place.glob("*.keys")
        assert recovery.unseal(beside.read_bytes(), code) == keys_of(desk.book.folder)
    assert backups.declare_gap(desk, signed_in(desk, ADMINISTRATOR), uuid4(), (3, 0, 0, 0, 0), NOW)
    assert not backups.declare_gap(desk, signed_in(desk, ADMINISTRATOR), uuid4(), (3, 0, 0, 0, 0), NOW)


def test_the_journal_tells_who_decided_about_copies_and_no_secret(
    desk: Desk, places: tuple[Path, Path]
) -> None:
    session, act = signed_in(desk, ADMINISTRATOR), uuid4()
    for _ in range(2):
        backups.choose_places(desk, session, act, [str(place) for place in places], NOW)
    assert payloads(desk, Kind.BACKUP_PLACES_CHOSEN) == [BackupPlacesChosen(ADMINISTRATOR.code, 2)]
    code = backups.new_recovery_code(desk, session, uuid4(), NOW)
    assert payloads(desk, Kind.RECOVERY_CODE_DRAWN) == [RecoveryCodeDrawn(ADMINISTRATOR.code)]
    with desk.book.reading() as connection:
        said = b"".join(entry.payload for entry in journal.entries(connection))
    assert not any(secret.encode() in said for secret in (code, *map(str, places)))
    assert faults(desk) == ()
