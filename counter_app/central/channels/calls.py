"""How the commands about channels are called."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.domain.channel import Channel

if TYPE_CHECKING:
    from argparse import _SubParsersAction as Verbs

Parser = argparse.ArgumentParser

USUAL_PER_S = 50
MOST_PER_S = 10_000
COMMANDS = frozenset({"seal", "office", "channel", "channels", "revoke-key"})


def parsers(below: "Verbs[Parser]") -> list[Parser]:
    """The commands about channels, below ``central``."""
    seal = below.add_parser("seal", help="draw the seal of the channels, which every gateway gets")
    seal.add_argument("--out", type=Path, required=True, metavar="FILE", help="the file to make")
    office = below.add_parser("office", help="open an office to channels, or describe it anew")
    office.add_argument("--office", required=True, metavar="CODE", help="the office's short code")
    office.add_argument("file", type=Path, metavar="TOML", help="as its papers name it (docs/channels.md)")
    channel = below.add_parser("channel", help="make a key for a channel; it is shown once")
    channel.add_argument("--channel", required=True, choices=[str(one) for one in Channel])
    channel.add_argument("--name", required=True, metavar="NAME", help="who has the key")
    channel.add_argument(
        "--office", action="append", default=[], metavar="CODE", help="only this office; may be repeated"
    )
    channel.add_argument(
        "--per-second", type=_rate, default=USUAL_PER_S, metavar="N",
        help=f"requests a second at each gateway ({USUAL_PER_S})",
    )  # fmt: skip
    channels = below.add_parser("channels", help="the keys of all channels")
    revoke = below.add_parser("revoke-key", help="end a key of a channel")
    revoke.add_argument("--key", required=True, metavar="UUID", help="its identity, as channels says it")
    return [seal, office, channel, channels, revoke]


def carry_out(chosen: argparse.Namespace) -> int:
    """Carry out one of them; the exit code."""
    from counter_app.central.channels import command

    url, as_json = chosen.database, chosen.json
    match chosen.central:
        case "seal":
            return command.seal(url, chosen.out, as_json=as_json)
        case "office":
            return command.office(url, chosen.office, chosen.file, as_json=as_json)
        case "channel":
            codes, per_s = tuple(chosen.office), chosen.per_second
            return command.channel(url, Channel(chosen.channel), chosen.name, codes, per_s, as_json=as_json)
        case "channels":
            return command.channels(url, as_json=as_json)
    return command.revoke_key(url, chosen.key, as_json=as_json)


def _rate(typed: str) -> int:
    per_s = int(typed)
    if not 1 <= per_s <= MOST_PER_S:
        raise ValueError(typed)
    return per_s
