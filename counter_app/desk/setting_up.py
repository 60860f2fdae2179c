"""What a new counter begins with. Nobody is signed in yet: whoever has an empty folder may begin in it."""

from datetime import datetime
from uuid import uuid4

from counter_app.domain.acts import NumberGap
from counter_app.domain.entry import NOBODY
from counter_app.domain.numbering import Serials
from counter_app.domain.setting_up import Wanted
from counter_app.store import backup, centre, people, reference
from counter_app.store.book import Book


def furnish(book: Book, wanted: Wanted) -> None:
    """Put people, places for copies, ways of papers, language, and where to enrol into a new book."""
    begins = wanted.begins
    with book.writing() as page:
        for member in begins.people:
            people.put_person(page, member.person, member.password_hash)
        if begins.copies:
            backup.put_places(page, backup.absolute(begins.copies))
        reference.put_ways(page, begins.ways)
        if begins.centre is not None:
            said = begins.centre.url, begins.centre.certificate, wanted.code, wanted.company_key.hex()
            centre.put_named(page, centre.CentreNamed(*said))
        if begins.language:
            reference.put_language(page, begins.language)


def go_on_above(book: Book, given: Serials, at: datetime) -> None:
    """Go on above the numbers that were given out before, in the order of ``Series``."""
    with book.writing() as page:
        page.go_on_above(NumberGap(*given), act=uuid4(), person=NOBODY, at=at)
