"""One door to the catalogues: a literal English sentence in, the reader's languages out.

Catalogues are the ``.po`` files under ``resources/locale``, read as they are: a few hundred short
entries cost less than a compile step that everybody would have to remember.
"""

import ast
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from counter_app.resources import resource


class Language(StrEnum):
    """The two ways of reading: Hindi leading with English beside it, or English alone."""

    HINDI = "hi"
    ENGLISH = "en"


class Both(NamedTuple):
    """A text as it stands on screen or paper: the leading line and the quieter one (may be empty)."""

    lead: str
    second: str


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark a literal that is translated where it is shown."""
    return text


def say(text: str, language: Language, **facts: object) -> str:
    """A text in one language, facts filled in. English where no translation is known."""
    if language is Language.HINDI:
        text = _catalogue(language).get(text, text)
    return text.format(**facts) if facts else text


def both(text: str, language: Language, **facts: object) -> Both:
    """A text for the reader: Hindi and English, or English alone; never the same twice ("UPI").

    A fact in both languages stands in each line in that line's own.
    """
    leads = {name: one.lead if isinstance(one, Both) else one for name, one in facts.items()}
    seconds = {name: one.second or one.lead if isinstance(one, Both) else one for name, one in facts.items()}
    lead, english = say(text, language, **leads), say(text, Language.ENGLISH, **seconds)
    return Both(lead, "" if lead == english else english)


def joined(texts: Iterable[Both]) -> Both:
    """Sentences behind each other, in both languages."""
    leads, seconds = zip(*texts, strict=True) if (texts := [*texts]) else ((), ())
    return Both(" ".join(filter(None, leads)), " ".join(filter(None, seconds)))


@lru_cache
def _catalogue(language: Language) -> dict[str, str]:
    entries: dict[str, str] = {}
    for file in sorted(resource("locale", language, "LC_MESSAGES").glob("*.po")):
        entries.update(read_po(file))
    return entries


def read_po(file: Path) -> dict[str, str]:
    """The translated entries of one catalogue: ``msgid`` to ``msgstr``, without header and blanks."""
    entries: dict[str, str] = {}
    key, value, reading = "", "", ""
    for line in [*file.read_text("utf-8").splitlines(), 'msgid ""']:
        if line.startswith("msgid "):
            if key and value:
                entries[key] = value
            key, value, reading = _quoted(line[6:]), "", "key"
        elif line.startswith("msgstr "):
            value, reading = _quoted(line[7:]), "value"
        elif line.startswith('"'):
            if reading == "key":
                key += _quoted(line)
            else:
                value += _quoted(line)
    return entries


def _quoted(text: str) -> str:
    text = text.strip()
    if len(text) < 2 or text[0] != '"' or text[-1] != '"':
        raise SyntaxError(f"not a quoted text: {text}")
    # Nearly every line has nothing to unescape, and the catalogues are read before the window is drawn.
    return str(ast.literal_eval(text)) if "\\" in text else text[1:-1]
