"""What waits to be done, in words: for Home, which shows it at the start and needs no other label."""

from counter_app.domain.task import Task
from counter_app.words.say import N_, Both, Language, both

_TASKS = {
    Task.RECONNECT: N_("Reconnect the supply"),
    Task.WAIVE_SURCHARGE: N_("Waive the surcharge: paid in time, sent late"),
    Task.REFUND: N_("Refund"),
    Task.DISHONOURED: N_("Cheque came back"),
    Task.PENDING_LATE: N_("Money has not arrived"),
    Task.HELD: N_("Held at the centre"),
}


def task(value: Task, bill: str, language: Language) -> Both:
    """What waits to be done; ``bill`` is one that was paid more than once, else empty."""
    return both(N_("Bill was paid twice"), language) if bill else both(_TASKS[value], language)
