"""The dated rules at the centre: those that came with the program, and what the company sent since."""

import threading
import time

import msgspec
from sqlalchemy import select

from counter_app.central.database import Transaction
from counter_app.central.tables import rules
from counter_app.domain.rule_reading import fitted, read_rules
from counter_app.domain.rules import Rules
from counter_app.resources import resource
from counter_app.wire.bodies import Rules as SentRules

LOOK_AGAIN_S = 60.0
_SENT = select(rules.c.body).order_by(rules.c.name)


class CentreRules:
    """The rules in force in this process; what the company sends holds within a minute."""

    def __init__(self) -> None:
        self._own = {path.name: path.read_text("utf-8") for path in resource("rules").glob("*.toml")}
        self._change = threading.Lock()
        self._sent: dict[str, str] = {}
        self._read = read_rules(self._own)
        self._looked_s = -LOOK_AGAIN_S

    def now(self, transaction: Transaction) -> Rules:
        """The rules as they are."""
        with self._change:
            if time.monotonic() - self._looked_s >= LOOK_AGAIN_S:
                self._looked_s = time.monotonic()
                bodies = [
                    msgspec.json.decode(body, type=SentRules) for (body,) in transaction.rows(_SENT, {})
                ]
                sent = {f"{one.name}.toml": one.text for one in bodies}
                if sent != self._sent:
                    self._sent = sent
                    self._read = read_rules(fitted(self._own, sent)[0])
            return self._read
