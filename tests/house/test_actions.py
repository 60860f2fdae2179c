"""Every command of the window can be read, heard and reached from the keyboard."""

import pytest
from PySide6.QtGui import QKeySequence

from counter_app.ui.actions import ACTIONS, Action, accessible_name, label
from counter_app.words.say import Language

ROW_OF_KEYS = ["F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F11", "F12"]

every_action = pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)


@every_action
def test_an_action_has_a_text_in_both_languages(action: Action) -> None:
    hindi, english = label(action, Language.HINDI)
    assert hindi
    assert not hindi.isascii()
    assert label(action, Language.ENGLISH) == (english, "")


@every_action
@pytest.mark.parametrize("language", Language)
def test_an_action_has_a_name_for_who_does_not_see(action: Action, language: Language) -> None:
    name = accessible_name(action, language)
    assert name.isascii() == (language is Language.ENGLISH)
    assert len(name) > len(label(action, language).lead)


@every_action
def test_an_action_has_the_key_that_its_cap_names(action: Action) -> None:
    assert QKeySequence(action.key).toString() == action.cap


def test_the_row_of_keys_is_complete_and_no_key_is_given_twice() -> None:
    caps = [action.cap for action in ACTIONS]
    assert set(ROW_OF_KEYS) <= set(caps)
    assert len(set(caps)) == len(caps)
