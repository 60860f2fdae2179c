"""The commands by which the central office opens channels, and moves on what goes above the offices."""

import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from counter_app.central import company, gateway
from counter_app.central.channels import above, keys, offices, seals
from counter_app.central.channels.above import Kept, Move
from counter_app.central.channels.rules import CentreRules
from counter_app.central.database import Transaction
from counter_app.central.ledger import Ledger
from counter_app.central.within import in_centre
from counter_app.domain.central_refusals import ChannelKeyMissing
from counter_app.domain.channel import Channel
from counter_app.domain.complaint import ComplaintStep
from counter_app.words.dates import stamp


def seal(url: str, out: Path, *, as_json: bool) -> int:
    """Draw the seal of the channels into a file; what they record from now on is signed by it.
    ``FileThere``, ``FileUnwritable``.
    """
    in_centre(url, lambda _: None)
    public = company.new_key(out)
    in_centre(url, lambda transaction: seals.keep_seal(transaction, public))
    said = f"{out} is the seal of the channels. Give it to every gateway (serve --seal), and to nobody else."
    return _say(as_json, {"ok": True, "public": public.hex()}, said)


def office(url: str, code: str, file: Path, *, as_json: bool) -> int:
    """Open an office to channels. ``OfficeCodeWrong``, ``OfficeFileUnfit``, ``FileUnreadable``."""
    made = in_centre(url, lambda transaction: offices.put_office(transaction, code, file))
    said = f"Office {code}, {made.name_en}, is open to channels."
    return _say(as_json, {"ok": True, "office": code}, said)


def channel(
    url: str, channel: Channel, name: str, codes: tuple[str, ...], per_s: int, *, as_json: bool
) -> int:
    """Make a key for a channel, for some offices or for all."""
    now = gateway.now_ms()

    def make(transaction: Transaction) -> tuple[UUID, str]:
        return keys.new_key(transaction, channel, name, codes, per_s, now)

    key, secret = in_centre(url, make)
    said = f"{secret}\nThe key {key} of {channel}, for {name}. It is not shown again; only its hash is kept."
    return _say(as_json, {"ok": True, "key": str(key), "channel": channel, "secret": secret}, said)


def channels(url: str, *, as_json: bool) -> int:
    """All keys of channels."""
    found = in_centre(url, keys.all_keys)
    lines = [f"{'channel':12}{'key':38}{'made':12}{'per second':>10}  offices, name"]
    told = []
    for one in found:
        where, ended = " ".join(one.offices) or "all", "  revoked" if one.revoked_ms is not None else ""
        made = datetime.fromtimestamp(one.made_ms / 1000, UTC).date()
        lines.append(f"{one.channel:12}{one.key!s:38}{made!s:12}{one.per_s:10}  {where}, {one.name}{ended}")
        told.append(
            {
                "key": str(one.key), "channel": one.channel, "name": one.name, "offices": one.offices,
                "per_s": one.per_s, "made_ms": one.made_ms, "revoked_ms": one.revoked_ms,
            }
        )  # fmt: skip
    return _say(as_json, {"keys": told}, "\n".join(lines) if found else "No channel has a key.")


def revoke_key(url: str, key: str, *, as_json: bool) -> int:
    """End a key of a channel. ``ChannelKeyMissing``."""
    try:
        named = UUID(key)
    except ValueError:
        raise ChannelKeyMissing from None
    now = gateway.now_ms()
    whose = in_centre(url, lambda transaction: keys.revoke(transaction, named, now))
    said = f"The key {key} of {whose} opens nothing any more."
    return _say(as_json, {"ok": True, "key": key, "channel": whose, "revoked": True}, said)


def above_office(url: str, office: str, *, as_json: bool) -> int:
    """What goes above an office, the oldest first."""
    found = in_centre(url, lambda one: above.all_above(one, CentreRules().now(one), office))
    lines = [
        f"{one.life.number!s:24}{stamp(one.life.registered.registered_at):18}{one.life.registered.type:8}"
        f"{one.standing.state.stage}"
        for one in found
    ]
    told = [_facts(one) for one in found]
    return _say(as_json, {"above": told}, "\n".join(lines) or f"Nothing of office {office} goes above it.")


def read_above(url: str, number: str, *, as_json: bool) -> int:
    """All that was recorded of one. ``ComplaintUnknown``, also for what its office sees."""
    found = in_centre(url, lambda one: above.one_above(one, CentreRules().now(one), number))
    return _say(as_json, _whole(found), "\n".join(_lines(found)))


def move_above(url: str, sealed: Path, said: Move, *, as_json: bool) -> int:
    """Record a step of one. Refuses like ``above.move``; ``ChannelSealOther``, ``FileUnreadable``."""
    now_ms = gateway.now_ms()

    def once(transaction: Transaction) -> Kept:
        rules, key = CentreRules().now(transaction), seals.read_seal(transaction, [sealed])
        return above.move(Ledger(transaction), rules, key, said, now_ms)

    found = in_centre(url, once)
    where = f"{found.life.number}: {found.standing.state.stage}."
    return _say(as_json, _facts(found), where)


def _facts(one: Kept) -> dict[str, object]:
    made, state = one.life.registered, one.standing.state
    return {
        "number": str(one.life.number), "type": made.type, "office": made.office,
        "registered_at": made.registered_at.isoformat(), "stage": str(state.stage), "open": state.open,
        "attention": state.attention,
    }  # fmt: skip


def _whole(one: Kept) -> dict[str, object]:
    made = one.life.registered
    return _facts(one) | {
        "consumer": made.consumer, "mobile": made.mobile, "landmark": made.landmark, "note": made.note,
        "answers": {answer.ask: answer.said for answer in made.answers},
        "registered_by": made.clerk, "counter": made.counter,
        "steps": [
            {
                "at": step.at.isoformat(), "stage": str(step.stage), "by": step.by, "to": step.to,
                "note": step.note, "consent": step.consent,
            }
            for step in one.standing.state.steps
        ],
    }  # fmt: skip


def _lines(one: Kept) -> list[str]:
    made = one.life.registered
    told = (made.consumer, made.mobile, made.landmark, made.note, *(answer.said for answer in made.answers))
    return [
        f"{one.life.number}  {made.type}  {one.standing.state.stage}",
        f"{stamp(made.registered_at)}  registered by {made.clerk} at counter {made.counter}",
        *(f"  {words}" for words in told if words),
        *(_line(step) for step in one.standing.state.steps),
    ]


def _line(step: ComplaintStep) -> str:
    more = (step.to, step.consent, step.note)
    return f"{stamp(step.at)}  {step.stage}, {step.by}" + "".join(f", {one}" for one in more if one)


def _say(as_json: bool, told: dict[str, object], sentence: str) -> int:
    print(json.dumps(told) if as_json else sentence)
    return 0
