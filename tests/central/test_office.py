"""What the central office says: files, people, rules, moves and erasing reach the feeds of the offices."""

import json
from base64 import b64decode
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from subprocess import CompletedProcess
from typing import Any, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from counter_app.central.database import Transaction, retried
from counter_app.central.feeds import Feeds
from counter_app.central.tables import imports, known
from counter_app.domain.complaint import ComplaintStep, Stage
from counter_app.domain.days import business_day, from_millis
from counter_app.domain.entry import Entry, Kind
from counter_app.domain.numbering import Number, Series, hash_letters
from counter_app.domain.people import Role
from counter_app.resources import resource
from counter_app.wire.bodies import (
    Bills,
    Body,
    Consumers,
    DuesAsOf,
    Erase,
    MovedIn,
    MovedOut,
    Payments,
    Roster,
    Rules,
    Shutdowns,
    Staff,
    read_body,
)
from counter_app.wire.messages import Item
from counter_app.wire.passwords import fits
from counter_app.wire.payloads import encode as payload_bytes
from tests.central.books import cancelling, integrate, recorded
from tests.central.databases import Centre
from tests.central.gateways import Counter, centre_command, enrolled, gateway, until, wall_ms
from tests.program import called
from tests.simulation.node import Node
from tests.simulation.story import complaint

CONSUMER = "N2209500041"
B = TypeVar("B")
Said = Body | Item | Entry
SAMPLES = ("consumers", "bills", "payments", "officers", "assets", "shutdowns", "roster")


def feed(centre: Centre, office: str) -> list[Said]:
    """All that an office's counters read, as values."""

    def read(transaction: Transaction) -> list[Said]:
        found = Feeds(transaction).page(office, 0, 1 << 30)
        return [one if isinstance(one, Entry) else read_body(one) or one for one in found]

    return retried(centre.store, read)


def of(kind: type[B], items: list[Said]) -> list[B]:
    return [one for one in items if isinstance(one, kind)]


def sample(kind: str) -> str:
    return str(resource("demo") / f"{kind}.csv")


def bring(centre: Centre, office: str, *files: str, fails: int = 0) -> dict[str, Any]:
    """``central import`` as a process."""
    done = called("--json", "central", "import", "--database", centre.url, "--office", office, *files)
    assert done.returncode == fails, done.stdout + done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def samples() -> list[str]:
    return [word for kind in SAMPLES for word in (f"--{kind}", sample(kind))]


def told(centre: Centre, *words: str, typed: str = "") -> CompletedProcess[str]:
    """A command of the central store as a process; ``typed`` comes in."""
    return called("--language", "en", "central", *words, "--database", centre.url, typed=typed)


def test_files_go_into_the_feed_of_their_office_once(centre: Centre) -> None:
    first = bring(centre, "2214", *samples())
    assert first["ok"]
    files = {one["kind"]: one for one in first["files"]}
    assert all(one["taken"] == one["read"] > 0 for one in files.values())
    heard = feed(centre, "2214")
    assert sum(len(one.consumers) for one in of(Consumers, heard)) == files["consumers"]["taken"]
    assert sum(len(one.bills) for one in of(Bills, heard)) == files["bills"]["taken"]
    assert sum(len(one.payments) for one in of(Payments, heard)) == files["payments"]["taken"]
    (planned,), (roster,) = of(Shutdowns, heard), of(Roster, heard)
    assert [one.called_off for one in planned.shutdowns] == [False, False, True]
    assert planned.shutdowns[0].since == datetime(2026, 3, 12, 4, 30, tzinfo=UTC)
    assert [str(one.post) for one in roster.duties] == ["je", "je", "je", "ae"]
    again = bring(centre, "2214", *samples())
    assert all(one["unchanged"] == one["read"] for one in again["files"])
    assert feed(centre, "2214") == heard
    (as_of,) = of(DuesAsOf, heard)
    newest = max(
        *(one.issued for body in of(Bills, heard) for one in body.bills),
        *(one.on for body in of(Payments, heard) for one in body.payments),
    )
    assert business_day(from_millis(as_of.at_ms)) == newest
    assert centre.count(imports) == 2 * len(SAMPLES)


def test_a_changed_row_is_told_alone(centre: Centre, tmp_path: Path) -> None:
    bring(centre, "2214", "--consumers", sample("consumers"))
    before = len(feed(centre, "2214"))
    text = Path(sample("consumers")).read_text(encoding="utf-8").replace("6666678907", "6666678908")
    (tmp_path / "consumers.csv").write_text(text, encoding="utf-8")
    said = bring(centre, "2214", "--consumers", str(tmp_path / "consumers.csv"))
    assert said["files"][0]["changed"] == 1
    (new,) = feed(centre, "2214")[before:]
    assert isinstance(new, Consumers)
    assert [(one.number, one.mobile) for one in new.consumers] == [(CONSUMER, "6666678908")]


def test_a_bad_row_is_rejected_and_a_bad_file_changes_nothing(centre: Centre, tmp_path: Path) -> None:
    bring(centre, "2214", "--consumers", sample("consumers"))
    rejects = tmp_path / "rejects.csv"
    faults = ("--bills", str(resource("demo") / "bills_with_faults.csv"))
    said = bring(centre, "2214", *faults, "--rejects", str(rejects), fails=1)
    (file,) = said["files"]
    assert file["rejected"] > 0 < file["taken"]
    assert len(rejects.read_text(encoding="utf-8-sig").splitlines()) == file["rejected"] + 1
    before, stored = feed(centre, "2214"), centre.count(known)
    cut = tmp_path / "cut.csv"
    cut.write_bytes(Path(sample("payments")).read_bytes() + b"\0" * 4096)
    refused = told(
        centre, "import", "--office", "2214", "--consumers", sample("consumers"), "--payments", str(cut)
    )
    assert refused.returncode == 3
    assert "cut.csv" in refused.stderr
    assert (feed(centre, "2214"), centre.count(known)) == (before, stored)


def test_a_consumer_that_moves_takes_everything_along(centre: Centre) -> None:
    bring(centre, "2214", *samples())
    with gateway(centre.url) as running:
        there = enrolled(centre, running.address, "2214")
        (paid,) = there.pay(1, consumer=CONSUMER)[-1:]
        (asked,) = registered(there, CONSUMER)
        step = ComplaintStep(asked.header.act, Stage.ASSIGNED, from_millis(wall_ms()), "JE")
        (stepped,) = there.record(Kind.COMPLAINT_STEP, payload_bytes(step))
        undone = recorded(there, cancelling(paid))
        there.send(running.address)
        until(lambda: undone.hash in {one.hash for one in feed(centre, "2214") if isinstance(one, Entry)})
    integrate(centre.store)
    said = bring(centre, "2215", "--consumers", sample("consumers"))
    assert said["moved"] == said["files"][0]["read"]
    assert MovedOut(CONSUMER, "2215") in feed(centre, "2214")
    heard = feed(centre, "2215")
    arrived = heard.index(MovedIn(CONSUMER))
    assert any(CONSUMER in {who.number for who in one.consumers} for one in of(Consumers, heard[:arrived]))
    bills, payments = heard[arrived + 1], heard[arrived + 2]
    assert isinstance(bills, Bills)
    assert {bill.consumer for bill in bills.bills} == {CONSUMER}
    assert isinstance(payments, Payments | MovedIn | Bills)
    followed = [one.hash for one in heard if isinstance(one, Entry)]
    assert followed == [paid.hash, asked.hash, stepped.hash, undone.hash]
    # What the old office records later, for it was offline, goes to the new one by itself.
    with gateway(centre.url) as running:
        (late,) = there.pay(1, consumer=CONSUMER)
        there.send(running.address)
        until(lambda: late.hash in {one.hash for one in feed(centre, "2215") if isinstance(one, Entry)})


def test_a_complaint_that_is_handed_over_goes_with_its_trace_and_both_offices_hear_on(centre: Centre) -> None:
    with gateway(centre.url) as running:
        here, there = (enrolled(centre, running.address, office) for office in ("2214", "2215"))
        (asked,) = registered(here, "")
        act = asked.header.act

        def stepped(counter: Counter, stage: Stage, to: str = "") -> Entry:
            step = ComplaintStep(act, stage, from_millis(wall_ms()), "JE", to=to)
            return counter.record(Kind.COMPLAINT_STEP, payload_bytes(step))[-1]

        def heard(office: str, *wanted: Entry) -> bool:
            return {one.hash for one in wanted} <= {
                one.hash for one in feed(centre, office) if isinstance(one, Entry)
            }

        before = stepped(here, Stage.FORWARDED)
        nowhere = stepped(here, Stage.TRANSFERRED, "9999")
        handed = stepped(here, Stage.TRANSFERRED, "2215")
        here.send(running.address)
        until(lambda: heard("2215", asked, before, nowhere, handed))
        (assigned,) = [stepped(there, Stage.ASSIGNED)]
        there.send(running.address)
        until(lambda: heard("2214", assigned) and heard("2215", assigned))
        late = stepped(here, Stage.WITHDRAWN)
        here.send(running.address)
        until(lambda: heard("2215", late))
    said = [one.hash for one in feed(centre, "2215") if isinstance(one, Entry)]
    assert len(said) == len(set(said))
    assert feed(centre, "9999") == []


def registered(counter: Counter, consumer: str) -> list[Entry]:
    asked = complaint(counter.node, consumer, from_millis(wall_ms()))
    return counter.record(Kind.COMPLAINT_REGISTERED, payload_bytes(asked))[-1:]


def test_people_are_told_with_a_password_or_as_gone(centre: Centre) -> None:
    asked = ("person", "--office", "2214", "--code", "r31", "--name-en", "Rekha Jain", "--role", "cashier")
    assert told(centre, *asked, typed="गल्ला बंद-42\n").returncode == 0
    assert told(centre, *asked, "--gone").returncode == 0
    refused = told(centre, *asked, typed="Rekha@2026\n")
    assert (refused.returncode, "everybody guesses" in refused.stderr) == (3, True)
    first, gone = of(Staff, feed(centre, "2214"))
    (member,), (left,) = first.members, gone.members
    assert (member.person.code, member.person.role) == ("R31", Role.CASHIER)
    assert fits(member.password_hash, "गल्ला बंद-42")
    assert (left.person.id, left.password_hash) == (member.person.id, "")
    assert told(centre, *asked[:4], "R 31", *asked[5:], "--gone").returncode == 3


def test_only_the_company_says_which_rules_hold(centre: Centre, tmp_path: Path) -> None:
    own, other, rules = tmp_path / "company.key", tmp_path / "other.key", tmp_path / "tenders.toml"
    rules.write_text((resource("rules") / "tenders.toml").read_text(encoding="utf-8"), encoding="utf-8")
    centre_command("enrol", "--database", centre.url, "--office", "2214", "--counter", "1")
    assert told(centre, "rules", str(rules), "--key", str(own)).returncode == 3, "there is no key yet"
    public = centre_command("key", "--database", centre.url, "--out", str(own))["public"]
    assert own.stat().st_mode & 0o077 == 0
    assert told(centre, "key", "--out", str(other)).returncode == 3
    assert not other.exists()
    assert told(centre, "rules", str(rules), "--key", str(own)).returncode == 0
    centre_command("enrol", "--database", centre.url, "--office", "2299", "--counter", "1")
    for office in ("2214", "2299"):
        (said,) = of(Rules, feed(centre, office))
        assert isinstance(said, Rules)
        assert (said.name, said.text) == ("tenders", rules.read_text(encoding="utf-8"))
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(str(public)))
        key.verify(bytes.fromhex(said.signature), said.message)
    rules.write_text("[[tenders]]\nname = 1\n", encoding="utf-8")
    refused = told(centre, "rules", str(rules), "--key", str(own))
    assert refused.returncode == 3
    assert "tenders.toml" in refused.stderr
    assert len(feed(centre, "2214")) == 1
    rules.write_text("# nothing is taken any more\n", encoding="utf-8")
    refused = told(centre, "rules", str(rules), "--key", str(own))
    assert refused.returncode == 3
    assert "it leaves none of tenders" in refused.stderr


def test_what_a_complaint_says_is_erased_everywhere(centre: Centre, tmp_path: Path) -> None:
    key = tmp_path / "company.key"
    centre_command("key", "--database", centre.url, "--out", str(key))
    with gateway(centre.url) as running:
        counter = enrolled(centre, running.address)
        (asked,) = registered(counter, CONSUMER)
        (paid,) = counter.pay(1, consumer=CONSUMER)
        counter.send(running.address)
        until(lambda: paid.hash in {one.hash for one in feed(centre, "2214") if isinstance(one, Entry)})
    number = Number(Series.COMPLAINT, "2214", 1, 1, hash_letters(asked.hash))
    wrong = replace(number, letters="000" if number.letters != "000" else "111")
    assert told(centre, "erase", str(wrong), "--key", str(key)).returncode == 3
    assert told(centre, "erase", str(number), "--key", str(key)).returncode == 0
    heard = feed(centre, "2214")
    bare = next(one for one in heard if isinstance(one, Entry) and one.hash == asked.hash)
    assert bare.erased
    assert bare.header.act == asked.header.act
    kept = next(one for one in heard if isinstance(one, Entry) and one.hash == paid.hash)
    assert kept.payload == paid.payload
    (said,) = of(Erase, heard)
    assert isinstance(said, Erase)
    assert said.hash == asked.hash.hex()


def test_a_counter_hears_who_the_company_is(centre: Centre, tmp_path: Path) -> None:
    public = centre_command("key", "--database", centre.url, "--out", str(tmp_path / "company.key"))["public"]
    with gateway(centre.url) as running:
        code = centre_command("enrol", "--database", centre.url, "--office", "2214", "--counter", "1")["code"]
        answer = Counter(Node("pc", "2214", 1, Random(7))).enrol(running.address, str(code)).json()
    assert b64decode(str(answer["company_key"])).hex() == public
