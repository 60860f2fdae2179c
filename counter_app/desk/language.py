"""The language of the window, remembered from one start to the next. Nobody needs to be signed in for it."""

from counter_app.desk.desk import Desk
from counter_app.store import reference
from counter_app.words.say import Language


def remembered(desk: Desk) -> Language | None:
    """The language chosen last at this counter; None while nobody chose one."""
    with desk.book.reading() as connection:
        kept = reference.language(connection)
    return Language(kept) if kept in set(Language) else None


def remember(desk: Desk, language: Language) -> None:
    """Use this language at the next start."""
    with desk.book.writing() as page:
        reference.put_language(page, language)
