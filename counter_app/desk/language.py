"""Language and print of the window, remembered from one start to the next. Nobody needs to be signed in."""

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


def remembered_large(desk: Desk) -> bool:
    """Whether the window printed everything larger when it was open last."""
    with desk.book.reading() as connection:
        return reference.large_print(connection)


def remember_large(desk: Desk, *, large: bool) -> None:
    """Print everything larger at the next start too, or in the usual size."""
    with desk.book.writing() as page:
        reference.put_large_print(page, large)
