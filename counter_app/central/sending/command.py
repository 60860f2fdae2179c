"""The command that sends messages to consumers."""

import signal
from pathlib import Path

from counter_app.central import gateway
from counter_app.central.command import log_as_lines
from counter_app.central.sending.provider import read_provider
from counter_app.central.sending.rounds import Sender
from counter_app.central.within import centre_at


def send(url: str, file: Path) -> int:
    """Send what there is to tell, until told to end. ``MessageFileUnfit``, ``FileUnreadable``,
    ``CentreMissing``.
    """
    provider = read_provider(file)
    log_as_lines()
    with centre_at(url) as opened:
        sender = Sender(opened, provider, gateway.now_ms)
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, lambda _number, _frame: sender.stop())
        print("sending", flush=True)
        sender.run()
    return 0
