"""What a new counter begins with. Nobody is signed in yet: whoever has an empty folder may begin in it."""

from counter_app.domain.setting_up import SetUp
from counter_app.store import backup, people, reference
from counter_app.store.book import Book


def furnish(book: Book, begins: SetUp) -> None:
    """Put the people, the places for copies, the ways of papers and the language into a new book."""
    with book.writing() as page:
        for member in begins.people:
            people.put_person(page, member.person, member.password_hash)
        if begins.copies:
            backup.put_places(page, backup.absolute(begins.copies))
        reference.put_ways(page, begins.ways)
        if begins.language:
            reference.put_language(page, begins.language)
