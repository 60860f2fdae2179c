"""A gateway as a process: who is let in, what is taken, what is told, and what is turned away."""

import secrets
import time
from dataclasses import replace
from random import Random
from uuid import UUID

from sqlalchemy import func, select

from counter_app.central import database
from counter_app.central.tables import entries, installations, items, payments
from counter_app.domain.days import from_millis
from counter_app.domain.entry import Kind
from counter_app.wire.codec import decode_answer, encode
from counter_app.wire.feed import beginning
from counter_app.wire.messages import (
    Astray,
    Cursor,
    Gap,
    Item,
    ItemKind,
    Page,
    Refusal,
    Taken,
    TurnedAway,
    Welcome,
)
from counter_app.wire.payloads import encode as payload_bytes
from tests.central.databases import Centre
from tests.central.gateways import (
    Counter,
    Gateway,
    centre_command,
    enrolled,
    fetched,
    gateway,
    until,
    wall_ms,
)
from tests.simulation.node import Node
from tests.simulation.story import POISON, complaint


def turned_away(answer: object) -> Refusal | None:
    return answer.refusal if isinstance(answer, TurnedAway) else None


def kinds(counter: Counter) -> list[int]:
    return [one.kind for one in counter.node.disk.items.values() if isinstance(one, Item)]


def test_a_code_lets_one_counter_in_once(centre: Centre, running: Gateway) -> None:
    said = centre_command("enrol", "--database", centre.url, "--office", "2214", "--counter", "2")
    one, other = (Counter(Node("pc", "2214", 2, Random(seed))) for seed in (1, 2))
    spoken = str(said["code"]).replace("-", " ").lower()
    assert one.enrol(running.address, spoken).json()["counter"] == 2
    assert one.enrol(running.address, spoken).status == 200, "the answer was lost, it asks again"
    refused = other.enrol(running.address, spoken)
    assert (refused.status, refused.json()) == (403, {"refused": "CodeNotGood"})
    assert isinstance(one.say(running.address, one.hello()), Welcome)
    assert turned_away(other.say(running.address, other.hello())) is Refusal.DEVICE_UNKNOWN


def test_what_one_counter_sends_another_of_the_office_reads(centre: Centre, running: Gateway) -> None:
    one, other = (enrolled(centre, running.address, number=number) for number in (1, 2))
    stranger = enrolled(centre, running.address, office="2307")
    made = one.pay(3)
    one.send(running.address)
    other.read(running.address, lambda: other.heard() >= {entry.hash for entry in made})
    assert isinstance(stranger.say(running.address, stranger.ask()), Astray), "it knows no epoch yet"
    assert centre.count(entries) == 4
    welcome = one.say(running.address, one.hello())
    assert isinstance(welcome, Welcome)
    assert (welcome.same, welcome.serials) == (True, (3, 0, 0, 0, 0))


def test_a_reader_with_patience_hears_at_once(centre: Centre, running: Gateway) -> None:
    one, other = (enrolled(centre, running.address, number=number) for number in (1, 2))
    start = other.say(running.address, other.ask())
    assert isinstance(start, Astray)
    ask = other.ask(beginning(start.epoch, "2214"), patience_ms=30_000)
    asked = time.monotonic()
    with other.sending(running, ask) as line:
        one.pay()
        one.send(running.address)
        answer = line.answer()
    assert isinstance(answer, Page)
    assert answer.items
    assert time.monotonic() - asked < 20


def test_poison_is_held_and_delays_nothing(centre: Centre, running: Gateway) -> None:
    one, other = (enrolled(centre, running.address, number=number) for number in (1, 2))
    for kind, _, payload in POISON[:4]:
        one.record(kind, payload)
    for consumer in ("N\0", "N" * 500):
        one.pay(consumer=consumer)
    good = one.pay(2)
    one.send(running.address)
    other.read(running.address, lambda: other.heard() >= {entry.hash for entry in good})
    held = [
        one for one in other.node.disk.items.values() if isinstance(one, Item) and one.kind == ItemKind.HELD
    ]
    assert len(held) == 6
    welcome = one.say(running.address, one.hello())
    assert isinstance(welcome, Welcome)
    assert (welcome.held, welcome.same) == (6, True)
    assert centre.count(payments) == 2


def test_a_bill_paid_at_two_counters_is_told_to_both(centre: Centre, running: Gateway) -> None:
    one, other = (enrolled(centre, running.address, number=number) for number in (1, 2))
    one.pay(amount=200_00)
    one.pay(amount=300_00)
    one.send(running.address)
    assert kinds(one) == []
    other.pay(amount=500_00)
    other.send(running.address)
    for counter in (one, other):
        counter.read(running.address, lambda counter=counter: ItemKind.OVERPAID in kinds(counter))
    assert centre.count(payments) == 3
    status = centre_command("status", "--database", centre.url)
    assert status["surpluses"] == 1


def test_who_did_not_sign_is_not_believed(centre: Centre, running: Gateway) -> None:
    counter = enrolled(centre, running.address)
    thief = Counter(Node("thief", "2214", 1, Random(secrets.randbits(32))))
    thief.node.device = counter.node.device
    push = encode(thief.push(thief.pay()))
    forged = thief.post(running.address, "/v1/push", push, thief.signed("/v1/push", push))
    assert forged.status == 401
    assert turned_away(decode_answer(forged.data)) is Refusal.SIGNATURE
    made = counter.push(counter.pay())
    wrapped = encode(
        replace(made, entries=(*made.entries[:-1], replace(made.entries[-1], signature=bytes(64))))
    )
    answer = counter.post(running.address, "/v1/push", wrapped, counter.signed("/v1/push", wrapped))
    assert turned_away(decode_answer(answer.data)) is Refusal.SIGNATURE
    body = encode(made)
    headers = counter.signed("/v1/push", body)
    for other in ("/v1/feed", "/v1/hello"):
        assert counter.post(running.address, other, body, headers).status == 401
    late = counter.post(running.address, "/v1/push", body, counter.signed("/v1/push", body, created_s=1))
    answered = decode_answer(late.data)
    assert isinstance(answered, TurnedAway)
    assert (answered.refusal, answered.to) == (Refusal.CLOCK, made.ask)
    assert abs(answered.centre_ms - wall_ms()) < 60_000
    assert centre.count(entries) == 0
    assert counter.post(running.address, "/v1/push", b"", {}).status == 401


def test_what_does_not_follow_is_answered_with_what_is_there(centre: Centre, running: Gateway) -> None:
    counter = enrolled(centre, running.address)
    made = counter.pay(5)
    early = counter.say(running.address, counter.push(made[3:]))
    assert isinstance(early, Gap)
    assert early.has.upto == 0
    assert isinstance(counter.say(running.address, counter.push(made[:3])), Taken)
    assert isinstance(counter.say(running.address, counter.push(made[1:])), Taken)
    assert centre.count(entries) == len(made)


def test_too_much_is_not_read(centre: Centre, running: Gateway) -> None:
    counter = enrolled(centre, running.address)
    push = encode(counter.push(counter.pay())) + bytes(1 << 20)
    answer = counter.post(running.address, "/v1/push", push, counter.signed("/v1/push", push))
    assert answer.status == 413
    assert turned_away(decode_answer(answer.data)) is Refusal.TOO_LARGE


def test_who_asks_too_often_is_told_when_to_come_again(centre: Centre, running: Gateway) -> None:
    counter = enrolled(centre, running.address)
    hello = encode(counter.hello())
    for _ in range(400):
        answer = counter.post(running.address, "/v1/hello", hello, counter.signed("/v1/hello", hello))
        if answer.status == 429:
            break
    assert int(answer.headers["Retry-After"]) >= 1
    assert turned_away(decode_answer(answer.data)) is Refusal.BUSY


def test_a_cursor_from_the_future_is_led_back(centre: Centre, running: Gateway) -> None:
    counter = enrolled(centre, running.address)
    counter.pay(3)
    counter.send(running.address)
    counter.read(running.address, lambda: len(counter.node.disk.items) == 4)
    here = counter.node.disk.cursor()
    for cursor in (
        replace(here, seq=here.seq + 10**6),
        replace(here, chain=bytes(32)),
        Cursor(1, 2, bytes(32)),
    ):
        astray = counter.say(running.address, counter.ask(cursor))
        assert isinstance(astray, Astray)
        assert {point.chain for point in astray.points} <= set(counter.node.disk.chains.values())


def test_a_cursor_of_another_office_shows_nothing_of_it(centre: Centre, running: Gateway) -> None:
    here, there = (enrolled(centre, running.address, office=office) for office in ("2214", "2215"))
    for counter in (here, there):
        counter.pay(3, consumer=f"N{counter.node.office}000001")
        counter.send(running.address)
        counter.read(running.address, lambda counter=counter: len(counter.node.disk.items) == 4)
    for office, cursor in (("2215", there.node.disk.cursor()), ("2214", there.node.disk.cursor())):
        astray = here.say(running.address, replace(here.ask(cursor), office=office))
        assert isinstance(astray, Astray)
        assert astray.office == "2214"
        assert {point.chain for point in astray.points} <= set(here.node.disk.chains.values())


def test_a_revoked_counter_is_heard_but_told_nothing(centre: Centre, running: Gateway) -> None:
    one, other = (enrolled(centre, running.address, number=number) for number in (1, 2))
    one.pay()
    one.send(running.address)
    until(lambda: centre.count(payments) == 1)
    centre_command("revoke", "--database", centre.url, "--device", str(one.node.device))
    one.pay(2)
    one.steady_ms += 3_600_000
    one.send(running.address)
    assert turned_away(one.say(running.address, one.ask())) is Refusal.DEVICE_REVOKED
    other.read(running.address, lambda: kinds(other).count(ItemKind.HELD) == 2)
    assert ItemKind.REVOKE in kinds(other)
    assert centre.count(payments) == 1
    assert centre.count(entries) == 4


def test_status_tells_how_every_counter_stands(centre: Centre, running: Gateway) -> None:
    counter = enrolled(centre, running.address)
    counter.pay(4)
    counter.say(running.address, replace(counter.hello(), clock_ms=wall_ms() + 90_000))
    status = centre_command("status", "--database", centre.url)
    (shown,) = status["counters"]
    assert (shown["office"], shown["counter"], shown["unsent"], shown["received"]) == ("2214", 1, 5, 0)
    assert abs(shown["clock_ahead_ms"] - 90_000) < 5_000
    assert abs(shown["unsent_since_ms"] - wall_ms()) < 60_000
    counter.send(running.address)
    (shown,) = centre_command("status", "--database", centre.url)["counters"]
    assert (shown["unsent"], shown["unsent_since_ms"], shown["received"]) == (0, None, 5)


def test_status_tells_how_old_the_oldest_unsent_entry_is(centre: Centre, running: Gateway) -> None:
    """By the counter's clock, put right by what is known of it; an older program does not say it."""

    def since() -> int:
        (shown,) = centre_command("status", "--database", centre.url)["counters"]
        return int(shown["unsent_since_ms"])

    counter = enrolled(centre, running.address)
    counter.pay(1)
    before = wall_ms()
    counter.say(running.address, replace(counter.hello(), oldest_ms=None))
    heard = since()
    assert before <= heard <= wall_ms()
    counter.say(running.address, replace(counter.hello(), oldest_ms=None))
    assert since() == heard
    ahead, old = 3_600_000, 7 * 86_400_000
    counter.say(
        running.address,
        replace(counter.hello(), clock_ms=wall_ms() + ahead, oldest_ms=wall_ms() + ahead - old),
    )
    assert abs(since() - (wall_ms() - old)) < 60_000
    counter.say(running.address, replace(counter.hello(), oldest_ms=wall_ms() + old))
    assert since() <= wall_ms(), "nothing is recorded tomorrow"
    counter.send(running.address)
    (shown,) = centre_command("status", "--database", centre.url)["counters"]
    assert (shown["unsent"], shown["unsent_since_ms"]) == (0, None)


def test_who_says_to_be_another_than_was_enrolled_raises_an_alarm(centre: Centre, running: Gateway) -> None:
    def alarms() -> list[str]:
        (shown,) = centre_command("status", "--database", centre.url)["counters"]
        return list(shown["alarms"])

    counter = enrolled(centre, running.address)
    hello = counter.hello()
    counter.say(running.address, hello)
    assert alarms() == []
    counter.say(running.address, replace(hello, office="2215", counter=7))
    (said,) = alarms()
    assert "counter 7 of office 2215" in said
    counter.say(running.address, hello)
    assert alarms() == []
    again = replace(hello, installation=UUID(int=77))
    counter.say(running.address, again)
    assert alarms() == [], "it was enrolled once more"
    counter.say(running.address, hello)
    (said,) = alarms()
    assert "copied" in said
    for number in range(40):
        counter.say(running.address, replace(hello, installation=UUID(int=number), office="X\0" * 99))
    assert centre.count(installations) <= 16


def test_the_log_names_nobody(centre: Centre) -> None:
    with gateway(centre.url) as running:
        counter = enrolled(centre, running.address)
        said = complaint(counter.node, "N2204500009", from_millis(wall_ms()))
        counter.record(Kind.COMPLAINT_REGISTERED, payload_bytes(said))
        counter.pay()
        counter.send(running.address)
        log = running.stop()
    assert str(counter.node.device) in log
    assert '"/v1/push"' in log
    for private in (said.mobile, said.landmark, said.note, said.consumer, "N2204500001", "50000"):
        assert private not in log


def test_the_gateway_says_whether_it_is_well(running: Gateway) -> None:
    answer = fetched(running.address, "GET", "/healthz")
    assert (answer.status, answer.json()["ok"]) == (200, True)


def test_every_feed_is_without_a_gap(centre: Centre, running: Gateway) -> None:
    counter = enrolled(centre, running.address)
    counter.pay(30)
    counter.send(running.address)
    counter.read(running.address, lambda: len(counter.node.disk.items) == 31)
    asked = select(func.count(), func.max(items.c.seq)).where(items.c.office == "2214")
    assert database.retried(centre.store, lambda transaction: transaction.rows(asked, {})) == [(31, 31)]
