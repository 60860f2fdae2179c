"""How the commands about channels are called."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from counter_app.domain.channel import SPEAKING, Channel
from counter_app.domain.complaint import Consent, Stage

if TYPE_CHECKING:
    from argparse import _SubParsersAction as Verbs

Parser = argparse.ArgumentParser

# As ``above`` takes them; what that needs is loaded when it is carried out.
_STAGES = (
    Stage.FORWARDED, Stage.ASSIGNED, Stage.ATTENDED, Stage.CLOSED, Stage.REOPENED, Stage.WITHDRAWN,
)  # fmt: skip
_CONSENTS = (Consent.SIGNATURE, Consent.CALL_BACK)

USUAL_PER_S = 50
MOST_PER_S = 10_000
ABOVE = frozenset({"above", "read-above", "move-above"})
COMMANDS = frozenset({"seal", "office", "channel", "channels", "revoke-key", *ABOVE})


def parsers(below: "Verbs[Parser]") -> list[Parser]:
    """The commands about channels, below ``central``."""
    seal = below.add_parser("seal", help="draw the seal of the channels, which every gateway gets")
    seal.add_argument("--out", type=Path, required=True, metavar="FILE", help="the file to make")
    office = below.add_parser("office", help="open an office to channels, or describe it anew")
    office.add_argument("--office", required=True, metavar="CODE", help="the office's short code")
    office.add_argument("file", type=Path, metavar="TOML", help="as its papers name it (docs/channels.md)")
    channel = below.add_parser("channel", help="make a key for a channel; it is shown once")
    channel.add_argument("--channel", required=True, choices=[str(one) for one in SPEAKING])
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
    return [seal, office, channel, channels, revoke, *_above(below)]


def _above(below: "Verbs[Parser]") -> list[Parser]:
    """The commands of who answers for what goes above the offices."""
    listed = below.add_parser("above", help="complaints that go above an office, and are kept from it")
    listed.add_argument("--office", required=True, metavar="CODE", help="the office that they are about")
    read = below.add_parser("read-above", help="all that was recorded of one of them")
    move = below.add_parser("move-above", help="record a step of one of them")
    for verb in (read, move):
        verb.add_argument("complaint", metavar="NUMBER", help="the whole number, as on the slip")
    move.add_argument("stage", choices=[str(one) for one in _STAGES], metavar="STEP",
                      help=", ".join(_STAGES))  # fmt: skip
    move.add_argument("--by", required=True, metavar="NAME", help="who answers for it")
    move.add_argument("--to", default="", metavar="NAME", help="whom it is given to")
    move.add_argument("--note", default="", metavar="TEXT", help="what was done, or why")
    move.add_argument(
        "--consent", choices=[str(one) for one in _CONSENTS], help="how a closing was agreed to"
    )
    move.add_argument("--seal", type=Path, required=True, metavar="FILE", help="the seal of the channels")
    return [listed, read, move]


def carry_out(chosen: argparse.Namespace) -> int:
    """Carry out one of them; the exit code."""
    if chosen.central in ABOVE:
        return _carry_out_above(chosen)
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


def _carry_out_above(chosen: argparse.Namespace) -> int:
    from counter_app.central.channels import command
    from counter_app.central.channels.above import Move

    url, as_json = chosen.database, chosen.json
    match chosen.central:
        case "above":
            return command.above_office(url, chosen.office, as_json=as_json)
        case "read-above":
            return command.read_above(url, chosen.complaint, as_json=as_json)
    consent = Consent(chosen.consent) if chosen.consent else None
    said = Move(uuid4(), chosen.complaint, Stage(chosen.stage), chosen.by, chosen.note, chosen.to, consent)
    return command.move_above(url, chosen.seal, said, as_json=as_json)


def _rate(typed: str) -> int:
    per_s = int(typed)
    if not 1 <= per_s <= MOST_PER_S:
        raise ValueError(typed)
    return per_s
