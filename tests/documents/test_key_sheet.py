"""The sheet of keys: all of them, in both languages, on one page where nothing lies over another."""

from counter_app.documents.key_sheet import KeyLine, KeyWords, key_sheet
from counter_app.ui.actions import ACTIONS, WITHOUT_KEY, label
from counter_app.ui.all_keys import MORE_KEYS
from counter_app.words.say import Language, both
from tests.documents.looking import faults, words_of
from tests.offices import NOW
from tests.store.office import OFFICE


def test_every_key_stands_on_one_page_in_both_languages() -> None:
    keys = [KeyLine(action.cap, both(action.long, Language.HINDI)) for action in ACTIONS]
    more = [KeyLine(cap, both(text, Language.HINDI)) for cap, text in MORE_KEYS]
    words = [label(action, Language.HINDI) for action in WITHOUT_KEY]
    page = key_sheet(OFFICE, KeyWords(keys, more, words), NOW)
    assert not faults(page, 2.0)
    assert len(page.sheets) == 1
    said = words_of(page)
    for line in (*keys, *more):
        assert line.cap in said
        assert line.does.lead in said
        assert line.does.second in said
    assert all(text in said for pair in words for text in pair)
