"""Everything people read stands in both languages: every literal, every refusal, every fact in its place."""

import ast
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from string import Formatter
from typing import get_type_hints

import pytest

from counter_app.domain.refusals import Refused
from counter_app.resources import resource
from counter_app.words.refusals import sentence
from counter_app.words.say import Language, read_po
from tests.house.reading import PACKAGE, called, nodes, place

DOORS = {"say", "both", "N_"}
DEVANAGARI = re.compile("[\u0900-\u097f]")
SAMPLES = {
    "int": 3,
    "str": "2214-2-004187-Q7M",
    "date": date(2026, 3, 12),
    "datetime": datetime(2026, 3, 12, 6, 12, tzinfo=UTC),
    "timedelta": timedelta(minutes=7),
}


@lru_cache
def catalogues() -> dict[str, dict[str, str]]:
    """Every Hindi catalogue by file name: English text to Hindi text."""
    files = sorted(resource("locale", "hi", "LC_MESSAGES").glob("*.po"))
    return {file.name: read_po(file) for file in files}


@lru_cache
def translated() -> dict[str, str]:
    return {text: hindi for entries in catalogues().values() for text, hindi in entries.items()}


def facts(text: str) -> set[str]:
    """The named places of a text: ``{amount}``."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def literals() -> dict[str, str]:
    """Every text given to a door of the catalogues, and where it stands."""
    found = {}
    for source, call in nodes(PACKAGE, ast.Call):
        if called(call) in DOORS and call.args:
            match call.args[0]:
                case ast.Constant(value=str(text)):
                    found[text] = place(source, call)
                case ast.IfExp(body=ast.Constant(value=str(one)), orelse=ast.Constant(value=str(other))):
                    found[one] = found[other] = place(source, call)
    return found


def refusals(kind: type[Refused] = Refused) -> list[type[Refused]]:
    """Every refusal that is raised: those below which there is no narrower one."""
    children = kind.__subclasses__()
    return [each for child in children for each in refusals(child)] if children else [kind]


def example(kind: type[Refused]) -> Refused:
    types = get_type_hints(kind)
    return kind(*(SAMPLES[getattr(types[fact], "__name__", str(types[fact]))] for fact in kind.facts))


def test_every_text_is_translated() -> None:
    missing = [f"{where} {text!r}" for text, where in literals().items() if text and text not in translated()]
    assert not missing


def test_every_sentence_of_the_verifier_is_translated() -> None:
    """It stands alone and knows no catalogue: whoever says its sentences finds them by their pattern."""
    patterns = {
        argument.value
        for source, call in nodes(PACKAGE, ast.Call)
        if source.room == "verify" and called(call) in {"_demand", "_Wrong", "Fault", "_read_object"}
        for argument in call.args
        if isinstance(argument, ast.Constant) and str(argument.value).endswith(".")
    }
    assert len(patterns) > 30
    assert patterns <= set(translated())


def test_texts_are_plain_literals() -> None:
    made_up = [
        place(source, call)
        for source, call in nodes(PACKAGE, ast.Call)
        if called(call) in DOORS and call.args and _is_made_up(call.args[0])
    ]
    assert not made_up


def _is_made_up(text: ast.expr) -> bool:
    """Put together in the code, so that no catalogue can hold it."""
    formatted = isinstance(text, ast.Call) and called(text) in {"format", "join"}
    return formatted or isinstance(text, ast.JoinedStr | ast.BinOp)


def test_no_catalogue_keeps_a_text_that_nobody_says() -> None:
    said = {node.value for _, node in nodes(PACKAGE, ast.Constant) if isinstance(node.value, str)}
    kept = [
        f"{file}: {text}" for file, entries in catalogues().items() for text in entries if text not in said
    ]
    assert not kept


def test_a_translation_keeps_every_fact() -> None:
    wrong = [text for text, hindi in translated().items() if facts(text) != facts(hindi)]
    assert not wrong


def test_the_same_text_is_translated_the_same_way_everywhere() -> None:
    wrong = [
        f"{file}: {text}"
        for file, entries in catalogues().items()
        for text, hindi in entries.items()
        if translated()[text] != hindi
    ]
    assert not wrong


def test_translations_are_hindi() -> None:
    english_words = {text for text in translated() if re.search("[a-z]{2}", re.sub(r"\{.*?\}", "", text))}
    assert not [text for text in english_words if not DEVANAGARI.search(translated()[text])]


def test_catalogues_hold_no_doubtful_and_no_empty_entry() -> None:
    for file in resource("locale", "hi", "LC_MESSAGES").glob("*.po"):
        text = file.read_text("utf-8")
        assert "fuzzy" not in text
        asked = re.findall(r"^msgid ", text, re.MULTILINE)
        header = text.lstrip().startswith('msgid ""\nmsgstr ""') or '\nmsgid ""\nmsgstr ""\n' in text
        assert len(asked) - header == len(read_po(file)), f"{file.name}: an entry is empty or there twice"


@pytest.mark.parametrize("kind", refusals(), ids=lambda kind: kind.__name__)
def test_every_refusal_has_a_sentence_in_both_languages(kind: type[Refused]) -> None:
    refusal = example(kind)
    hindi, english = sentence(refusal, Language.HINDI)
    assert DEVANAGARI.search(hindi)
    assert sentence(refusal, Language.ENGLISH) == (english, "")
    for text in (hindi, english):
        assert text.rstrip()[-1] in ".।?!)"
        assert "{" not in text


def test_every_refusal_has_a_sentence_of_its_own() -> None:
    said = Counter(sentence(example(kind), Language.ENGLISH).lead for kind in refusals())
    assert not [text for text, times in said.items() if times > 1]


def test_all_refusals_stand_in_seven_files_of_the_domain() -> None:
    found = {
        source.name
        for source, node in nodes(PACKAGE, ast.ClassDef)
        if {"Refused", "WorldRefused"} & {ast.unparse(base) for base in node.bases}
    }
    kinds = ("", "backup_", "file_", "central_", "money_", "complaint_", "setup_")
    assert found == {f"counter_app/domain/{name}refusals.py" for name in kinds}
