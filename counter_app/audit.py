"""``verify``, ``export-journal``, ``papers``: what an auditor asks of the counter's data or of a file."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

from counter_app import __version__, verify
from counter_app.desk import handing_out
from counter_app.desk.archive import hand_out_papers
from counter_app.domain.refusals import FileUnreadable, StoreBehind, StoreDamaged
from counter_app.exchange import at_the_desk
from counter_app.store import checking, exporting, keys
from counter_app.store.book import Book
from counter_app.verify import Report
from counter_app.words.amounts import rupees
from counter_app.words.faults import fault_sentence
from counter_app.words.say import N_, Both, Language, both


def verify_folder(folder: Path, language: Language, *, as_json: bool) -> int:
    """Check chain and signatures, every row against the journal, the second file, and all of it once
    more by the second implementation; 0 when all is well, else 1.

    Changes nothing, and may be done while the counter is at work. ``FileUnreadable`` when no data is there.
    """
    try:
        book = _opened(folder)
    except StoreDamaged as damage:
        return _tell(Report(faults=[checking.damaged(damage.what)]), language, as_json=as_json)
    try:
        return _tell(checking.check(book), language, as_json=as_json)
    finally:
        book.close()


def verify_file(file: Path, anchors: Sequence[Path], language: Language, *, as_json: bool) -> int:
    """Check an exported journal, and hold it against second files; 0 when all is well, else 1."""
    for named in (file, *anchors):
        if not named.is_file():
            raise FileUnreadable(str(named))
    return _tell(verify.verify_export(file, anchors), language, as_json=as_json)


def export_journal(folder: Path, code: str, file: Path | None, language: Language, *, as_json: bool) -> int:
    """Write the journal and its second file out; 0 when all of it could be read, else 1.

    Who does it signs in, and an entry says so. A damaged book can take none: it is only read, as far as that
    goes, and that nothing is noted is told.
    """
    noted = True
    try:
        with at_the_desk(folder, code, language) as (desk, session):
            made = handing_out.hand_out_journal(desk, session, uuid4(), file, datetime.now(UTC))
    except (StoreDamaged, StoreBehind):
        noted, book = False, _opened(folder)
        try:
            made = exporting.export_journal(book, file)
        finally:
            book.close()
    if as_json:
        told = {"file": str(made.file), "anchor": str(made.anchor) if made.anchor else None}
        counts = {"entries": made.entries, "unreadable": made.unreadable, "noted": noted}
        print(json.dumps({"ok": not made.unreadable, **told, **counts}, ensure_ascii=False))
    else:
        _print(_told_of_export(made, language, noted=noted))
    return 1 if made.unreadable else 0


def papers_of_day(
    folder: Path, code: str, day: date, file: Path | None, language: Language, *, as_json: bool
) -> int:
    """Write the papers of a day out, each the PDF/A file that it was; 0 when the file is there."""
    from counter_app.documents.pdf import pdf

    path = file if file is not None else Path(f"papers-{day.isoformat()}.zip")
    with at_the_desk(folder, code, language) as (desk, session):
        made = hand_out_papers(desk, session, uuid4(), day, path, pdf, datetime.now(UTC))
    if as_json:
        told = {"file": str(made.file), "papers": made.papers, "sha256": made.sha256}
        print(json.dumps({"ok": True, **told}, ensure_ascii=False))
    else:
        words = N_("Papers written to {file}: {papers}")
        _print(iter([both(words, language, papers=made.papers, file=made.file)]))
    return 0


def _opened(folder: Path) -> Book:
    if not Book.exists(folder):
        raise FileUnreadable(str(folder))
    return Book.open(
        folder, keys.keys_of(folder), program=__version__, now=datetime.now(UTC), reading_only=True
    )


def _told_of_export(made: exporting.Exported, language: Language, *, noted: bool) -> Iterator[Both]:
    yield both(N_("Entries written to {file}: {entries}"), language, entries=made.entries, file=made.file)
    if made.anchor is not None:
        yield both(N_("The second file lies beside it: {file}"), language, file=made.anchor)
    else:
        yield both(N_("The second file is missing."), language)
    if made.unreadable:
        yield both(
            N_("Entries that could not be read and are left out: {entries}."),
            language,
            entries=made.unreadable,
        )
    if not noted:
        yield both(N_("The records are damaged: the journal does not tell that it was handed out."), language)
    yield both(
        N_("It holds mobiles and notes of people in the clear: give it to the auditor alone."), language
    )


def _tell(report: Report, language: Language, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"ok": report.ok, **vars(report)}, ensure_ascii=False))
    else:
        _print(_sentences(report, language))
    return 0 if report.ok else 1


def _print(lines: Iterator[Both]) -> None:
    """Each line, the quieter one below it."""
    for lead, second in lines:
        print(lead)
        if second:
            print(f"    {second}")


def _sentences(report: Report, language: Language) -> Iterator[Both]:
    """The report for people."""
    if report.device:
        yield from _facts(report, language)
    yield from (fault_sentence(fault, language) for fault in report.faults)
    if report.ok:
        yield both(N_("The journal is whole."), language)
    else:
        yield both(N_("The journal is NOT whole. Faults: {count}."), language, count=len(report.faults))


def _facts(report: Report, language: Language) -> Iterator[Both]:
    """What was read, whole or not."""
    yield both(
        N_("Office and counter {office}, device {device}, public key {key}"),
        language, office=report.office, device=report.device, key=report.public_key,
    )  # fmt: skip
    yield both(
        N_("Entries {entries}, segments {segments}, {first} to {last}"),
        language, entries=report.entries, segments=report.segments,
        first=report.first_at, last=report.last_at,
    )  # fmt: skip
    for series, name in (
        ("receipt", N_("Receipts {low} to {high}")),
        ("complaint", N_("Complaints {low} to {high}")),
    ):
        if series in report.serials:
            low, high = report.serials[series]
            yield both(name, language, low=low, high=high)
    total = rupees(report.running_total)
    yield both(N_("Running total {total}; last entry {head}"), language, total=total, head=report.head)
    for place, ahead in report.anchored.items():
        yield both(
            N_("The second file agrees up to {place}; entries after it: {ahead}"),
            language, place=place, ahead=ahead,
        )  # fmt: skip
    yield from _counts(report, language)


def _counts(report: Report, language: Language) -> Iterator[Both]:
    """What is lawful but worth knowing."""
    for count, text in (
        (
            report.branches,
            N_("Entries with a second successor: {count}. A copy of the data was used as well"),
        ),
        (report.gaps, N_("Gaps above which the numbers go on: {count}. Older data was put back")),
        (report.erased, N_("Payloads erased: {count}. Their headers are whole")),
        (report.unread, N_("Entries of a newer program: {count}. Their contents are not checked")),
        (
            report.unanchored,
            N_("Starts without the second file: {count}. Was older data put back?"),
        ),
    ):
        if count:
            yield both(text, language, count=count)
