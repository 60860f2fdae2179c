"""Kills at random moments of payments and complaints, and what they left."""

from tests.bench.figures import Figure
from tests.crash.kill import kill_many


def measure(kills: int) -> list[Figure]:
    """Kill that often; a lost act, a database that does not verify or open, is a figure above 0."""
    outcome = kill_many(kills)
    return [
        Figure("kills", outcome.kills, "count"),
        Figure("acknowledged", outcome.acknowledged, "count"),
        Figure("acknowledged_lost", len(outcome.lost), "count", 0),
        Figure("corrupt", len(outcome.corrupt), "count", 0),
        Figure("uncertain_per_kill_max", outcome.uncertain_max, "count", 1),
        Figure("not_offered", len(outcome.not_offered), "count", 0),
    ]
