"""A real counter, its encrypted store and all, speaks to a real gateway over TLS."""

from pathlib import Path

from counter_app.central.database import retried
from counter_app.central.enrolling import new_code
from counter_app.central.tables import arrivals, entries, payments
from counter_app.store.journal import entries as journal_entries
from counter_app.sync.enrol import enrol
from tests.central.databases import Centre
from tests.central.gateways import gateway, until, wall_ms
from tests.store.office import create, pay
from tests.sync.centre import certificate
from tests.sync.steps import Counter, clock


def test_a_counter_enrols_sends_and_reads(centre: Centre, tmp_path: Path) -> None:
    pem, key = certificate()
    (tmp_path / "centre.pem").write_text(pem)
    (tmp_path / "centre.key").write_text(key)
    words = ("--certificate", str(tmp_path / "centre.pem"), "--key", str(tmp_path / "centre.key"))
    book = create(tmp_path / "counter")
    with gateway(centre.url, *words) as running:
        assert running.address.startswith("https://")
        code = retried(centre.store, lambda transaction: new_code(transaction, "2214", 2, wall_ms()))
        counter = Counter(book, enrol(book, running.address, code, pem, clock()))
        with book.writing() as page:
            pay(page)
        assert counter.drain()
        with book.reading() as connection:
            own = {entry.hash for entry in journal_entries(connection)}
        assert centre.count(entries) == len(own)
        until(lambda: centre.count(arrivals) == 0)
        assert centre.count(payments) == 1
        assert counter.read()
        counter.end()
    book.close()
