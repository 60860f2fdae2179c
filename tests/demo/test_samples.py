"""The sample files are what the generator makes now, and what the import takes."""

from pathlib import Path
from uuid import uuid4

import pytest

from counter_app.billing.columns import read_names
from counter_app.billing.source import Line, Source
from counter_app.demo import samples
from counter_app.desk import finding, imports
from counter_app.domain.acts import BILLING_FILES, FileKind
from counter_app.resources import resource
from tests.offices import NOW, copied, open_desk, signed_in

NAMES = [
    "assets.csv", "bills.csv", "bills_with_faults.csv", "columns.toml", "consumers.csv", "officers.csv",
    "payments.csv", "payments.xlsx", "rejects.csv", "roster.csv", "shutdowns.csv",
]  # fmt: skip
HOW = "make them anew: from counter_app.demo.samples import write; write(Path('resources/demo'))"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    samples.write(folder)
    return folder


def lines(path: Path) -> list[Line]:
    source = Source(path)
    try:
        return list(source.lines())
    finally:
        source.close()


def test_the_generator_makes_these_files_and_no_others(made: Path) -> None:
    assert sorted(path.name for path in made.iterdir()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_is_what_the_generator_makes_now(made: Path, name: str) -> None:
    bundled = resource("demo", name)
    if name.endswith(".xlsx"):  # another library packs the same sheet into other bytes
        assert lines(bundled) == lines(made / name), HOW
    else:
        assert bundled.read_bytes() == (made / name).read_bytes(), HOW


def test_the_samples_go_into_the_demo_office(tmp_path: Path) -> None:
    desk = open_desk(copied(tmp_path))
    session = signed_in(desk, "S01")
    names = read_names(resource("demo", "columns.toml"))
    files = {kind: resource("demo", f"{kind}.csv") for kind in BILLING_FILES}
    files[FileKind.PAYMENTS] = resource("demo", "payments.xlsx")
    found = imports.take(desk, session, uuid4(), files, names, None, NOW, lambda *_: None)
    rows = {file.kind: (file.taken, file.rejected) for file in found.files}
    assert rows[FileKind.CONSUMERS] == (samples.CONSUMERS, 0)
    assert rows[FileKind.BILLS] == (samples.CONSUMERS * 13, 0)
    assert all(taken and not rejected for taken, rejected in rows.values())
    as_csv = {FileKind.PAYMENTS: resource("demo", "payments.csv")}
    plain = imports.take(desk, session, uuid4(), as_csv, {}, None, NOW, lambda *_: None)
    assert plain.files[0].unchanged == rows[FileKind.PAYMENTS][0] == plain.files[0].read
    number = lines(resource("demo", "consumers.csv"))[1].cells[0]
    card = finding.card(desk, session, number, NOW)
    assert card.bill is not None
    assert len(card.history) == 13
    desk.book.close()


def test_the_faulty_sample_has_the_rejects_beside_it(tmp_path: Path) -> None:
    desk = open_desk(copied(tmp_path))
    session, rejected = signed_in(desk, "S01"), tmp_path / "rejects.csv"
    bring = {FileKind.CONSUMERS: resource("demo", "consumers.csv")}
    imports.take(desk, session, uuid4(), bring, {}, None, NOW, lambda *_: None)
    faulty = {FileKind.BILLS: resource("demo", "bills_with_faults.csv")}
    found = imports.take(desk, session, uuid4(), faulty, {}, rejected, NOW, lambda *_: None)
    assert (found.files[0].taken, found.files[0].rejected) == (1, 8)
    assert rejected.read_bytes() == resource("demo", "rejects.csv").read_bytes()
    desk.book.close()
