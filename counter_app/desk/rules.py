"""The dated rules: those that came with the program, and what the company sent since."""

import logging

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
    files = _own() | sent
    if sent and not _are_right(files):
        files = _own()
        for name, text in sorted(sent.items()):
            files |= {name: text} if _are_right(files | {name: text}) else {}
    return read_rules(files)


def _own() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in resource("rules").glob("*.toml")}


def _are_right(files: dict[str, str]) -> bool:
    try:
        read_rules(files).billing  # noqa: B018 - reading it is the check
    except RuleFileWrong as wrong:
        log.warning("rule file left out", extra={"fault": str(wrong)})
        return False
    return True
