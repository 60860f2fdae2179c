"""Who may speak for a channel, for which offices, how often, and about whom."""

import json
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from counter_app.central.channels.keys import revoke
from counter_app.central.company import new_key
from counter_app.central.database import retried
from counter_app.central.tables import channel_keys
from counter_app.domain.channel import Channel
from tests.central.channels import THERE, Bot, described, key_for, refused, serving
from tests.central.databases import Centre
from tests.central.gateways import Gateway, centre_command, fetched, gateway, wall_ms
from tests.program import called
from tests.store.office import GEETA, OFFICE, SURESH

TYPES = "/complaint-types"
STRANGER = "N2204518799"


def test_wrong_revoked_and_foreign_keys_open_nothing(centre: Centre, channel: tuple[Gateway, Bot]) -> None:
    _, bot = channel
    assert bot.get(TYPES).status == 200
    for secret in ("", "ck_wrong", bot.secret[:-1], f"{bot.secret} "):
        wrong = replace(bot, secret=secret).get(TYPES)
        assert (wrong.status, wrong.headers["WWW-Authenticate"]) in {(401, "Bearer"), (200, None)}
    assert fetched(bot.address, "GET", f"/v1/channels/{bot.channel}{TYPES}").status == 401
    for other in (Channel.UPAY, Channel.CALL_CENTRE):
        assert refused(replace(bot, channel=other).get(TYPES)) == (403, "KeyElsewhere")
    key, secret = key_for(centre, Channel.WHATSAPP)
    second = replace(bot, secret=secret)
    assert second.get(TYPES).status == 200
    retried(centre.store, lambda transaction: revoke(transaction, key, wall_ms()))
    assert refused(second.get(TYPES)) == (401, "KeyNotGood")
    assert bot.get(TYPES).status == 200


def test_of_a_key_only_the_hash_is_kept(centre: Centre, tmp_path: Path) -> None:
    _, secret = key_for(centre, Channel.UPAY)
    rows = retried(centre.store, lambda transaction: transaction.rows(select(channel_keys), {}))
    assert secret not in repr(rows)
    assert secret.removeprefix("ck_") not in repr(rows)


def test_a_key_for_one_office_sees_no_other(centre: Centre, channel: tuple[Gateway, Bot]) -> None:
    _, bot = channel
    made = bot.complaint(type="SAF-02", office="2215", landmark="here").json()
    paid = bot.payment(consumer=STRANGER).json()
    _, secret = key_for(centre, Channel.WHATSAPP, "2214")
    here = replace(bot, secret=secret)
    assert [one["office"] for one in json.loads(here.get("/offices").data)] == ["2214"]
    assert refused(here.get(f"/complaints/{made['number']}")) == (404, "ComplaintUnknown")
    assert refused(here.put(f"/complaints/{made['number']}/central-number", {"number": "20260312"}))[0] == 404
    assert refused(here.get(f"/payments/{paid['receipt']}")) == (404, "ReceiptUnknown")
    assert refused(here.get(f"/consumers/{STRANGER}/bills", "7000112299")) == (403, "ConsumerNotProven")
    assert refused(here.payment(consumer=STRANGER, reference="TXN0000009")) == (404, "ConsumerUnknown")
    assert refused(here.complaint(type="SUP-04", consumer=STRANGER)) == (404, "ConsumerUnknown")
    assert refused(here.complaint(type="SAF-02", office="2215", landmark="x")) == (404, "OfficeNotOpen")
    assert here.complaint().status == 201


def test_nobody_hears_of_a_consumer_without_a_proof(bot: Bot) -> None:
    asked = ("bills", "bills/current.pdf", "payments", "complaints")
    for path in asked:
        whole = f"/consumers/{SURESH.number}/{path}"
        assert refused(bot.get(whole)) == (422, "RequestUnfit")
        for proof in (SURESH.mobile, "+91 98260-48210", SURESH.meter.lower(), SURESH.old_number):
            assert bot.get(whole, proof).status == 200
    # The same answer, whether there is such a consumer or not.
    unknown = bot.get("/consumers/N2299999999/bills", SURESH.mobile)
    wrong = bot.get(f"/consumers/{GEETA.number}/bills", SURESH.mobile)
    assert (unknown.status, unknown.data) == (wrong.status, wrong.data)
    assert refused(unknown) == (403, "ConsumerNotProven")


def test_a_proof_cannot_be_guessed(bot: Bot) -> None:
    path = f"/consumers/{SURESH.number}/bills"
    for guess in range(5):
        assert refused(bot.get(path, f"98260{guess:05d}")) == (403, "ConsumerNotProven")
    for proof in ("9826000009", SURESH.mobile):
        late = bot.get(path, proof)
        assert refused(late) == (429, "TooManyRequests")
        assert int(late.headers["Retry-After"]) > 0
    assert bot.get(f"/consumers/{GEETA.number}/bills", GEETA.mobile).status == 200


def test_a_key_asks_as_often_as_was_agreed(centre: Centre, channel: tuple[Gateway, Bot]) -> None:
    _, bot = channel
    _, secret = key_for(centre, Channel.WHATSAPP, per_s=1)
    slow = replace(bot, secret=secret)
    answers = [slow.get(TYPES) for _ in range(20)]
    assert {one.status for one in answers} == {200, 429}
    assert all(int(one.headers["Retry-After"]) >= 1 for one in answers if one.status == 429)
    assert bot.get(TYPES).status == 200


def test_the_log_says_what_was_answered_and_nothing_of_people(channel: tuple[Gateway, Bot]) -> None:
    running, bot = channel
    assert bot.complaint(type="?").status == 422
    assert bot.ask("POST", "/complaints", None, {"Idempotency-Key": "0" * 16}).status == 422
    assert bot.ask("POST", "/complaints", "x" * 20_000, {"Idempotency-Key": "0" * 16}).status == 413
    elsewhere = fetched(running.address, "GET", f"/v1/channels/{SURESH.mobile}/offices")
    assert elsewhere.status == 422
    said = [json.loads(line) for line in running.stop().splitlines() if '"path"' in line]
    assert [one["status"] for one in said] == [422, 422, 413, 422]
    assert SURESH.mobile not in str(said)


def test_without_a_seal_channels_are_closed(centre: Centre, tmp_path: Path) -> None:
    with serving(centre, tmp_path) as (_, bot), gateway(centre.url) as closed:
        answer = replace(bot, address=closed.address).get(TYPES)
        assert refused(answer) == (503, "ChannelsClosed")
        assert int(answer.headers["Retry-After"]) > 0
    other = tmp_path / "other.key"
    new_key(other)
    words = ("serve", "--database", centre.url, "--port", "0", "--seal", str(other))
    done = called("--json", "central", *words)
    assert (done.returncode, json.loads(done.stdout)["refused"]) == (3, "ChannelSealOther")


def test_the_commands_that_open_channels(centre: Centre, tmp_path: Path) -> None:
    at = ("--database", centre.url)
    seal = tmp_path / "seal.key"
    assert centre_command("seal", *at, "--out", str(seal))["ok"]
    file = described(OFFICE, tmp_path)
    assert centre_command("office", *at, "--office", "2214", str(file))["office"] == "2214"
    made = centre_command("channel", *at, "--channel", "upay", "--name", "UPAY 3", "--office", "2214")
    (shown,) = centre_command("channels", *at)["keys"]
    assert (shown["key"], shown["name"], shown["offices"]) == (made["key"], "UPAY 3", ["2214"])
    with gateway(centre.url, "--seal", str(seal)) as running:
        bot = Bot(running.address, Channel.UPAY, made["secret"])
        assert json.loads(bot.get("/offices").data)[0]["en"] == OFFICE.name_en
        assert centre_command("revoke-key", *at, "--key", made["key"])["revoked"]
        assert bot.get("/offices").status == 401
    (shown,) = centre_command("channels", *at)["keys"]
    assert shown["revoked_ms"]
    broken = described(replace(THERE, helpline=" "), tmp_path)
    for words, refusal in (
        (("office", "--office", "2215", str(broken)), "OfficeFileUnfit"),
        (("revoke-key", "--key", "nobody"), "ChannelKeyMissing"),
    ):
        done = called("--json", "central", *words, *at)
        assert (done.returncode, json.loads(done.stdout)["refused"]) == (3, refusal)
