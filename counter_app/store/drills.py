"""The best run of each flow that is practised, kept at the office for training."""

import msgspec

from counter_app.domain.drill import Flow, Run
from counter_app.store.engine import Connection
from counter_app.store.facts import DRILLS, fact, put_fact
from counter_app.store.page import Page


def best_runs(connection: Connection) -> dict[Flow, Run]:
    """The best runs so far; none of what was not practised yet."""
    body = fact(connection, DRILLS)
    return {} if body is None else msgspec.json.decode(body, type=dict[Flow, Run])


def put_best_runs(page: Page, best: dict[Flow, Run]) -> None:
    """Keep the best runs instead of those before."""
    put_fact(page.connection, DRILLS, msgspec.json.encode(best))
