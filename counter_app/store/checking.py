"""The whole book looked through: by the program's own rules, and once more by the second implementation."""

from counter_app import verify
from counter_app.domain.refusals import StoreDamaged
from counter_app.store import journal, projections
from counter_app.store.anchor import anchor_bytes
from counter_app.store.book import Book
from counter_app.verify import Fault
from counter_app.words.say import N_


def check(book: Book) -> verify.Report:
    """Chain and signatures, every row against the journal, the second file, and all of it by ``verify``.

    Changes nothing, and may be done while the counter is at work. Everything wrong is in ``faults``.
    """
    report, faults = verify.Report(), list[Fault]()
    if book.start.damage:
        faults.append(damaged(book.start.damage))
    try:
        # The second file first: what is recorded meanwhile then only puts the database ahead of it.
        anchor = anchor_bytes(book.folder)
        with book.reading() as connection:
            report = verify.verify_lines(journal.export(connection), [] if anchor is None else [anchor])
            if anchor is None and report.entries:
                faults.append(Fault(N_("The second file is missing.")))
            # It ends at the first fault; where the other reading found some, they are told one by one.
            if not report.faults:
                journal.check(connection, book.public_key)
            rows = projections.rebuild_and_compare(connection)
            faults += [Fault(N_("A row is not as the journal says: {0}."), row) for row in rows]
    except StoreDamaged as damage:
        faults.append(damaged(damage.what))
    report.faults[:0] = faults
    return report


def damaged(what: str) -> Fault:
    """What opening or reading the book stumbled over, as one of the faults."""
    return Fault(N_("The records do not pass their check: {0}."), what)
