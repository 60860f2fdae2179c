"""The dated rules: those that came with the program, and what the company sent since."""

import logging
from collections.abc import Mapping

from counter_app.domain.rule_reading import read_rules
from counter_app.domain.rule_text import RuleFileWrong
from counter_app.domain.rules import Rules
from counter_app.resources import resource
from counter_app.store import told
from counter_app.store.book import Book

__all__ = ["Rules", "load_rules", "rules_of"]

log = logging.getLogger(__name__)


def load_rules() -> Rules:
    """Read every rule file; ``RuleFileWrong`` says which file and key is at fault."""
    return read_rules(_own())


def rules_of(book: Book) -> Rules:
    """The same, with the files that the company sent to this counter in the place of those of their names.

    A sent file that does not go with the others was made for another program: it is left out, and logged.
    """
    with book.reading() as connection:
        sent = told.sent_rules(connection)
    files = _own()
    try:
        return read_rules(files | sent)
    except RuleFileWrong:
        return read_rules(_fitting(files, sent))


def _own() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in resource("rules").glob("*.toml")}


def _fitting(files: dict[str, str], sent: Mapping[str, str]) -> dict[str, str]:
    """The own files and those sent ones that can be read with them."""
    for name, text in sorted(sent.items()):
        try:
            read_rules(files | {name: text})
        except RuleFileWrong as wrong:
            log.warning("rule file left out", extra={"fault": str(wrong)})
        else:
            files = files | {name: text}
    return files
