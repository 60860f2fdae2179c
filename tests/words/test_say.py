"""The catalogues: both languages from one literal, and a reader that takes what translators write."""

from pathlib import Path

import pytest

from counter_app.words.say import Both, Language, both, read_po, say


def test_an_unknown_text_stays_english_and_its_facts_are_filled_in() -> None:
    assert say("Zebra {count}", Language.HINDI, count=3) == "Zebra 3"


def test_english_only_leaves_the_second_line_empty() -> None:
    assert both("Zebra", Language.ENGLISH) == Both("Zebra", "")


def test_a_fact_in_both_languages_stands_in_each_line_in_its_own() -> None:
    stage = Both("दर्ज", "registered")
    assert both("Recorded: {stage}", Language.HINDI, stage=stage) == Both(
        "दर्ज हुआ: दर्ज", "Recorded: registered"
    )
    english = both("Recorded: {stage}", Language.ENGLISH, stage=Both("registered", ""))
    assert english == Both("Recorded: registered", "")


def test_braces_of_a_fact_are_not_read_again() -> None:
    assert say("{name} signed in.", Language.ENGLISH, name="{0} {amount}") == "{0} {amount} signed in."


def test_a_catalogue_is_read_with_comments_and_continued_lines(tmp_path: Path) -> None:
    file = tmp_path / "x.po"
    file.write_text(
        'msgid ""\nmsgstr ""\n"Language: hi\\n"\n\n#. why\nmsgid "Total due"\nmsgstr "कुल देय"\n\n'
        'msgid ""\n"{amount} recorded. "\n"Return {change}."\n'
        'msgstr ""\n"{amount} दर्ज हुए। "\n"{change} वापस दें।"\n\n'
        'msgid "Say \\"yes\\""\nmsgstr "\\"हाँ\\" कहें"\n\nmsgid "Untranslated"\nmsgstr ""\n',
        "utf-8",
    )
    assert read_po(file) == {
        "Total due": "कुल देय",
        "{amount} recorded. Return {change}.": "{amount} दर्ज हुए। {change} वापस दें।",
        'Say "yes"': '"हाँ" कहें',
    }


def test_a_broken_catalogue_is_not_read_by_halves(tmp_path: Path) -> None:
    file = tmp_path / "x.po"
    file.write_text('msgid "open\nmsgstr "x"\n', "utf-8")
    with pytest.raises(SyntaxError):
        read_po(file)
