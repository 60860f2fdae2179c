"""The dated rules: those that came with the program, and what the company sent since."""

import logging
from dataclasses import replace

from counter_app.domain.rule_reading import fitted, read_rules
from counter_app.domain.rules import Rules
from counter_app.resources import resource
from counter_app.store import told
from counter_app.store.book import Book
from counter_app.store.engine import Connection

__all__ = ["Rules", "left_out", "load_rules", "rules_of"]

log = logging.getLogger(__name__)


def load_rules() -> Rules:
    """Read every rule file; ``RuleFileWrong`` says which file and key is at fault."""
    return read_rules(_own())


def rules_of(book: Book) -> Rules:
    """The same, with the files that the company sent to this counter in the place of those of their names.

    They hold from the start of the program on. One that does not go with the others was made for another
    program: it is left out, and logged.
    """
    with book.reading() as connection:
        sent = told.sent_rules(connection)
    files, unfit = fitted(_own(), sent)
    for name in unfit:
        log.warning("rule file left out: %s", name)
    return replace(read_rules(files), sent=frozenset(sent.items()))


def wait(connection: Connection, rules: Rules) -> bool:
    """Whether the company sent other files since these were read: they hold from the next start."""
    return rules.sent != frozenset(told.sent_rules(connection).items())


def left_out(connection: Connection) -> tuple[str, ...]:
    """The names of the files that the company sent and that are not used here."""
    return fitted(_own(), told.sent_rules(connection))[1]


def _own() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in resource("rules").glob("*.toml")}
