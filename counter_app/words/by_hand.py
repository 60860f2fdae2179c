"""What is said of files that are carried between this counter and the centre."""

from counter_app.domain.link import Brought
from counter_app.words.say import N_, Both, Language, both


def written_words(entries: int, name: str, language: Language) -> Both:
    """A file was written, with so many entries in it."""
    words = N_("{count} entries are in {name}. Carry it to the centre; its answer is read here.")
    return both(words, language, count=entries, name=name)


def brought_words(brought: Brought, language: Language) -> Both:
    """A file was read."""
    if brought.shut_out:
        return both(
            N_("The centre has shut this counter out. Everything is kept here; call for help."), language
        )
    words = N_("{arrived} entries have arrived at the centre; {read} parts of the office's data were read.")
    return both(words, language, arrived=brought.arrived, read=brought.read)
