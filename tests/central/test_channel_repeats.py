"""Whatever is sent again is recorded once, whatever gateway it comes to, and however often it breaks off."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from http.client import HTTPException
from pathlib import Path
from uuid import uuid4

import pytest

from counter_app.central.channels import seals
from counter_app.central.company import new_key
from counter_app.central.database import retried
from counter_app.central.tables import complaints, forks, held, payments
from counter_app.domain.channel import Channel
from tests.central.channels import Bot, key_for, opened, refused, serving
from tests.central.databases import Centre
from tests.central.gateways import Gateway, gateway
from tests.program import called
from tests.store.office import GEETA, SURESH

COMPLAINT = {"type": "SUP-04", "consumer": SURESH.number, "note": "again"}


def test_the_same_again_is_answered_the_same(centre: Centre, bot: Bot) -> None:
    key = str(uuid4())
    first = bot.post("/complaints", COMPLAINT, key)
    turned = dict(reversed(COMPLAINT.items()))
    again = bot.post("/complaints", turned, key)
    assert (again.status, again.data) == (201, first.data)
    money = str(uuid4())
    paid = bot.payment(money)
    assert bot.payment(money).data == paid.data
    assert (centre.count(complaints), centre.count(payments)) == (1, 1)


def test_another_request_under_the_same_key_is_refused(centre: Centre, bot: Bot) -> None:
    key = str(uuid4())
    bot.post("/complaints", COMPLAINT, key)
    other = bot.post("/complaints", COMPLAINT | {"consumer": GEETA.number}, key)
    assert refused(other) == (422, "RequestKeyUsed")
    assert refused(bot.payment(key)) == (422, "RequestKeyUsed")
    assert refused(bot.post("/complaints", COMPLAINT, "short")) == (422, "RequestUnfit")
    assert bot.post("/complaints", COMPLAINT, str(uuid4())).status == 201
    assert (centre.count(complaints), centre.count(payments)) == (2, 0)


def test_what_was_refused_may_be_sent_right_under_the_same_key(bot: Bot) -> None:
    key = str(uuid4())
    assert bot.post("/complaints", COMPLAINT | {"mobile": "1"}, key).status == 422
    assert bot.post("/complaints", COMPLAINT, key).status == 201


def test_channels_do_not_share_the_keys_of_requests(centre: Centre, channel: tuple[Gateway, Bot]) -> None:
    _, bot = channel
    _, secret = key_for(centre, Channel.UPAY)
    key = str(uuid4())
    numbers = {
        str(one.post("/complaints", COMPLAINT, key).json()["number"])
        for one in (bot, replace(bot, channel=Channel.UPAY, secret=secret))
    }
    assert len(numbers) == 2


def test_two_gateways_and_the_same_key_at_once(centre: Centre, tmp_path: Path) -> None:
    seal = opened(centre, tmp_path)
    _, secret = key_for(centre, Channel.UPAY)
    words = ("--seal", str(seal))
    with gateway(centre.url, *words) as one, gateway(centre.url, *words) as other:
        bots = [Bot(at.address, Channel.UPAY, secret) for at in (one, other)]
        keys = [str(uuid4()) for _ in range(12)]

        def say(number: int) -> tuple[str, bytes]:
            key, bot = keys[number % len(keys)], bots[number // len(keys) % 2]
            while (answer := bot.post("/complaints", COMPLAINT, key)).status == 503:
                continue
            assert answer.status == 201, answer.data
            return key, answer.data

        with ThreadPoolExecutor(8) as threads:
            answers = list(threads.map(say, range(4 * len(keys))))
    assert len(set(answers)) == len(keys)
    assert centre.count(complaints) == len(keys)
    numbers = sorted(answer.split(b'"number":"')[1][:15] for _, answer in set(answers))
    assert numbers == [f"2214-93-C{n:05d}-".encode()[:15] for n in range(1, len(keys) + 1)], "none is missing"
    assert (centre.count(held), centre.count(forks)) == (0, 0)


@pytest.mark.parametrize("turns", [6])
def test_a_gateway_that_is_killed_again_and_again_loses_nothing(
    centre: Centre, tmp_path: Path, turns: int
) -> None:
    seal = opened(centre, tmp_path)
    _, secret = key_for(centre, Channel.UPAY)
    said = {f"{turn:016d}-{number}": f"TX{turn}N{number:06d}" for turn in range(turns) for number in range(4)}
    for turn in range(turns):
        running = Gateway(centre.url, "--seal", str(seal))
        bot = Bot(running.address, Channel.UPAY, secret)
        mine = [one for one in said.items() if one[0].startswith(f"{turn:016d}")]

        def report(one: tuple[str, str], bot: Bot = bot) -> None:
            with suppress(OSError, HTTPException):
                bot.payment(one[0], reference=one[1])

        with ThreadPoolExecutor(4) as threads:
            for one in mine:
                threads.submit(report, one)
            report(mine[0])
            running.kill()
    with gateway(centre.url, "--seal", str(seal)) as running:
        bot = Bot(running.address, Channel.UPAY, secret)
        numbers = {str(bot.payment(key, reference=ref).json()["receipt"])[:14] for key, ref in said.items()}
        assert numbers == {f"2214-93-{n:06d}" for n in range(1, len(said) + 1)}
    assert centre.count(payments) == len(said)


def test_another_seal_knows_what_came_under_the_one_before(centre: Centre, tmp_path: Path) -> None:
    key, money = str(uuid4()), str(uuid4())
    with serving(centre, tmp_path) as (_, bot):
        first, paid = bot.post("/complaints", COMPLAINT, key), bot.payment(money)
        paper = f"/payments/{paid.json()['receipt']}/receipt.pdf"
        before = bot.get(paper, SURESH.mobile)
    old, new = tmp_path / "channels.key", tmp_path / "new.key"
    public = new_key(new)
    retried(centre.store, lambda transaction: seals.keep_seal(transaction, public))
    with gateway(centre.url, "--seal", str(new), "--seal", str(old)) as running:
        bot = replace(bot, address=running.address)
        assert bot.post("/complaints", COMPLAINT, key).data == first.data
        assert bot.payment(money).data == paid.data
        assert bot.get(paper, SURESH.mobile).data == before.data
        assert refused(bot.post("/complaints", COMPLAINT | {"note": "other"}, key)) == (422, "RequestKeyUsed")
        assert str(bot.complaint().json()["number"]).startswith("2214-92-C00002-")
    with gateway(centre.url, "--seal", str(new)) as running:
        bot = replace(bot, address=running.address)
        assert refused(bot.post("/complaints", COMPLAINT, key)) == (422, "RequestKeyUsed")
        alone = bot.get(paper, SURESH.mobile)
        assert alone.status == 200
        assert alone.data != before.data, "it has no code, rather than one that no counter takes"
    done = called("--json", "central", "serve", "--database", centre.url, "--port", "0", "--seal", str(old))
    assert json.loads(done.stdout)["refused"] == "ChannelSealOther"


def test_serving_again_goes_on_in_the_same_series(centre: Centre, tmp_path: Path) -> None:
    with serving(centre, tmp_path) as (_, bot):
        bot.complaint()
    with gateway(centre.url, "--seal", str(tmp_path / "channels.key")) as running:
        number = replace(bot, address=running.address).complaint().json()["number"]
    assert str(number).startswith("2214-92-C00002-")
