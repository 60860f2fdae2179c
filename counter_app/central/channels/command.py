"""The commands by which the central office opens channels: seal, offices, keys."""

import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from counter_app.central import company, gateway
from counter_app.central.channels import keys, offices, seals
from counter_app.central.database import Transaction
from counter_app.central.within import in_centre
from counter_app.domain.central_refusals import ChannelKeyMissing
from counter_app.domain.channel import Channel


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


def _say(as_json: bool, told: dict[str, object], sentence: str) -> int:
    print(json.dumps(told) if as_json else sentence)
    return 0
