"""A clerk without a screen, made to be killed: registers and takes money, and says what was acknowledged.

``work`` prints one JSON line before an act ("asked") and one after the desk has answered ("done").
Whatever stands behind "done" must survive.
"""

import json
import os
import random
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from counter_app.desk import complaints, payments
from counter_app.desk.complaints import ComplaintDraft
from counter_app.desk.desk import Desk
from counter_app.desk.payments import PaymentDraft
from counter_app.domain.payment import cash, upi
from counter_app.domain.people import Session
from tests.offices import open_desk, signed_in, some_consumers


def say(word: str, act: UUID, number: str = "") -> None:
    """Write a line in one call, so that a kill never leaves half of one."""
    os.write(1, (json.dumps({word: str(act), "number": number}) + "\n").encode())


def act_once(
    desk: Desk, session: Session, dice: random.Random, numbers: tuple[str, ...], now: datetime
) -> None:
    """One payment or one complaint."""
    act = UUID(int=dice.getrandbits(128), version=4)
    consumer = dice.choice(numbers)
    say("asked", act)
    if dice.random() < 0.5:
        rupees = dice.randrange(1, 2000) * 100
        utr = f"{dice.randrange(10**12):012d}"
        tender = cash(rupees, rupees) if dice.random() < 0.7 else upi(rupees, utr)
        draft = PaymentDraft(act, consumer, rupees, (tender,), advance=True)
        number = payments.take(desk, session, draft, now).number
    else:
        complaint = ComplaintDraft(act, consumer, "11", "9826048210", "शिव मंदिर के पास", "")
        number = complaints.register(desk, session, complaint, now).number
    say("done", act, str(number))


def work(folder: Path, seed: int, now: datetime) -> None:
    """Work until killed."""
    dice = random.Random(seed)
    desk = open_desk(folder, now)
    session = signed_in(desk, now=now, act=UUID(int=dice.getrandbits(128), version=4))
    numbers = some_consumers(desk, 40)
    os.write(1, b'{"ready": true}\n')
    for second in range(100_000):
        act_once(desk, session, dice, numbers, now + timedelta(seconds=second))
