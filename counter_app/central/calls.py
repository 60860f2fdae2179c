"""How the commands of the central store are called. What they need is loaded when one is carried out."""

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.central.channels import calls as channel_calls
from counter_app.domain.acts import FileKind
from counter_app.domain.people import Role

if TYPE_CHECKING:
    from argparse import _SubParsersAction as Verbs

Parser = argparse.ArgumentParser


def parsers(verbs: "Verbs[Parser]") -> list[Parser]:
    """The command ``central`` and those below it."""
    central = verbs.add_parser("central", help="the central store, to which the counters send")
    below = central.add_subparsers(dest="central", metavar="COMMAND", title="commands", required=True)
    made = [_init(below), _serve(below), _enrol(below), _import(below), _person(below), _key(below)]
    made += [_rules(below), _erase(below), _status(below), _revoke(below), _held(below), _release(below)]
    made += [_archive(below), _upgrade(below), _snapshot(below), _exchange(below), _viewer(below)]
    made += [_send(below), _setup_file(below)]
    made += channel_calls.parsers(below)
    for verb in made:
        verb.add_argument(
            "--database", required=True, metavar="URL", help="postgresql://user@host/name or sqlite:///path"
        )
    return [central, *made]


def add_files(parser: Parser, kinds: Iterable[FileKind]) -> None:
    """The files that a command takes in."""
    files = parser.add_argument_group("files, CSV or XLSX, at least one (docs/import.md has their columns)")
    for kind in kinds:
        files.add_argument(f"--{kind}", type=Path, metavar="FILE", help=f"the {kind}")
    parser.add_argument("--columns", type=Path, metavar="TOML", help="what the files call their columns")
    parser.add_argument("--rejects", type=Path, metavar="FILE", help="where rows that are not taken go")


def carry_out(chosen: argparse.Namespace) -> int:
    """Carry out one call; the exit code."""
    if chosen.central in channel_calls.COMMANDS:
        return channel_calls.carry_out(chosen)
    if chosen.central in _BESIDE:
        return _BESIDE[chosen.central](chosen)
    from counter_app.central import command

    url, as_json = chosen.database, chosen.json
    match chosen.central:
        case "init":
            return command.init(url, as_json=as_json)
        case "upgrade":
            return command.upgrade(url, as_json=as_json)
        case "enrol":
            return command.enrol(url, chosen.office, chosen.counter, as_json=as_json)
        case "import":
            files = {kind: getattr(chosen, kind) for kind in FileKind if getattr(chosen, kind)}
            return command.bring_in(
                url, chosen.office, files, chosen.columns, chosen.rejects, as_json=as_json
            )
        case "person":
            names, role = (chosen.name_hi, chosen.name_en), Role(chosen.role)
            return command.person(
                url, chosen.office, chosen.code, names, role, gone=chosen.gone, as_json=as_json
            )
        case "key":
            return command.key(url, chosen.out, as_json=as_json)
        case "rules":
            return command.rules(url, chosen.key, chosen.file, as_json=as_json)
        case "erase":
            return command.erase(url, chosen.key, chosen.complaint, as_json=as_json)
        case "revoke":
            return command.revoke(url, chosen.device, as_json=as_json)
        case "archive":
            return command.archive(url, chosen.backup, as_json=as_json)
        case "exchange":
            return command.exchange(url, chosen.key, chosen.file, chosen.out, as_json=as_json)
        case "held":
            return command.held(url, as_json=as_json)
        case "release":
            return command.release(url, chosen.hash, as_json=as_json)
        case "status":
            return command.status(url, as_json=as_json)
    return command.serve(url, chosen.host, chosen.port, chosen.certificate, chosen.key, chosen.seal)


def _let_look(chosen: argparse.Namespace) -> int:
    from counter_app.central.overview.command import viewer

    return viewer(chosen.database, chosen.code, gone=chosen.gone, as_json=chosen.json)


def _send_messages(chosen: argparse.Namespace) -> int:
    from counter_app.central.sending.command import send

    return send(chosen.database, chosen.messages)


def _write_set_up(chosen: argparse.Namespace) -> int:
    from counter_app.central import setup_files

    which = (chosen.office, chosen.counter)
    return setup_files.write(
        chosen.database, chosen.key, chosen.offices, which, chosen.days, chosen.out, as_json=chosen.json
    )


def _make_snapshots(chosen: argparse.Namespace) -> int:
    from counter_app.central import snapshot_command as command
    from counter_app.words.say import Language

    url, as_json, language = chosen.database, chosen.json, chosen.language or Language.HINDI
    if chosen.out:
        to = (chosen.office[0], chosen.counter)
        return command.snapshot_for(url, *to, chosen.key, chosen.out, language, as_json=as_json)
    return command.snapshot(url, chosen.office, language, as_json=as_json)


_BESIDE: dict[str, Callable[[argparse.Namespace], int]] = {
    "viewer": _let_look, "send": _send_messages, "setup-file": _write_set_up,
    "snapshot": _make_snapshots,
}  # fmt: skip


def _init(below: "Verbs[Parser]") -> Parser:
    return below.add_parser("init", help="make the central store in an empty database")


def _serve(below: "Verbs[Parser]") -> Parser:
    serve = below.add_parser("serve", help="answer the counters")
    serve.add_argument("--port", type=int, required=True, metavar="P", help="where to listen")
    serve.add_argument("--host", default="127.0.0.1", metavar="H", help="on which address (127.0.0.1)")
    serve.add_argument(
        "--certificate", type=Path, metavar="FILE", help="own certificate, PEM: TLS without a proxy"
    )
    serve.add_argument("--key", type=Path, metavar="FILE", help="the certificate's key, PEM")
    serve.add_argument(
        "--seal", type=Path, metavar="FILE", action="append", default=[],
        help="the seal of the channels, else closed; again for each that was the seal before",
    )  # fmt: skip
    return serve


def _enrol(below: "Verbs[Parser]") -> Parser:
    enrol = below.add_parser(
        "enrol", help="a code by which one counter enrols itself; good once, for 15 minutes"
    )
    _office(enrol)
    enrol.add_argument("--counter", type=int, required=True, metavar="N", help="the counter's number there")
    return enrol


def _import(below: "Verbs[Parser]") -> Parser:
    bring = below.add_parser("import", help="take in an office's consumers, bills, shutdowns, ...")
    _office(bring)
    add_files(bring, FileKind)
    return bring


def _person(below: "Verbs[Parser]") -> Parser:
    person = below.add_parser(
        "person", help="somebody of an office, new or changed; the password is asked for"
    )
    _office(person)
    person.add_argument("--code", required=True, metavar="CODE", help="typed to sign in, printed on paper")
    person.add_argument("--name-hi", default="", metavar="NAME", help="the name in Hindi")
    person.add_argument("--name-en", default="", metavar="NAME", help="the name in English")
    person.add_argument("--role", required=True, choices=[str(role) for role in Role])
    person.add_argument("--gone", action="store_true", help="signs in no more, no password is asked for")
    return person


def _key(below: "Verbs[Parser]") -> Parser:
    key = below.add_parser("key", help="draw the company's key, by which rules and erasing are signed")
    key.add_argument("--out", type=Path, required=True, metavar="FILE", help="the file to make; keep it safe")
    return key


def _rules(below: "Verbs[Parser]") -> Parser:
    rules = below.add_parser("rules", help="sign a rule file and tell it to every counter")
    rules.add_argument("file", type=Path, metavar="TOML", help="takes the place of the one of the same name")
    _signing(rules)
    return rules


def _erase(below: "Verbs[Parser]") -> Parser:
    erase = below.add_parser("erase", help="lawfully erase what a complaint says, everywhere")
    erase.add_argument("complaint", metavar="NUMBER", help="the whole number, as on the slip")
    _signing(erase)
    return erase


def _status(below: "Verbs[Parser]") -> Parser:
    return below.add_parser("status", help="every counter: last contact, unsent, held, forks, clock, version")


def _revoke(below: "Verbs[Parser]") -> Parser:
    revoke = below.add_parser("revoke", help="trust a counter's device no more")
    revoke.add_argument("--device", required=True, metavar="UUID", help="its identity, as status says it")
    return revoke


def _archive(below: "Verbs[Parser]") -> Parser:
    archive = below.add_parser(
        "archive", help="read a backup that was put back elsewhere; it counts from then on"
    )
    archive.add_argument("--backup", required=True, metavar="URL", help="the database that it became")
    return archive


def _upgrade(below: "Verbs[Parser]") -> Parser:
    return below.add_parser("upgrade", help="bring the store of an older program to what this one needs")


def _snapshot(below: "Verbs[Parser]") -> Parser:
    snapshot = below.add_parser("snapshot", help="what counters of an office begin with, as of now")
    snapshot.add_argument("office", nargs="+", metavar="OFFICE", help="the office's short code")
    file = snapshot.add_argument_group("as a file for one counter, sealed to it; all three")
    file.add_argument("--counter", type=int, metavar="N", help="the counter's number there")
    file.add_argument("--key", type=Path, metavar="FILE", help="the company's key")
    file.add_argument("--out", type=Path, metavar="FILE", help="the file to make")
    return snapshot


def _exchange(below: "Verbs[Parser]") -> Parser:
    exchange = below.add_parser("exchange", help="take what a counter wrote into a file, and answer it")
    exchange.add_argument("file", type=Path, metavar="FILE", help="what counter-app sync write made")
    exchange.add_argument("--out", type=Path, required=True, metavar="FILE", help="the answer, to carry back")
    _signing(exchange)
    return exchange


def _viewer(below: "Verbs[Parser]") -> Parser:
    viewer = below.add_parser("viewer", help="who may look at the overview; the password is asked for")
    viewer.add_argument("--code", required=True, metavar="CODE", help="typed to sign in")
    viewer.add_argument("--gone", action="store_true", help="signs in no more, no password is asked for")
    return viewer


def _send(below: "Verbs[Parser]") -> Parser:
    send = below.add_parser("send", help="send messages about complaints to consumers")
    send.add_argument(
        "--messages", type=Path, required=True, metavar="TOML", help="who sends them for the company, and how"
    )
    return send


def _setup_file(below: "Verbs[Parser]") -> Parser:
    setup = below.add_parser("setup-file", help="a signed file that sets up and enrols one counter")
    setup.add_argument("office", metavar="OFFICE", help="the office's short code")
    setup.add_argument("counter", type=int, metavar="COUNTER", help="the counter's number there")
    setup.add_argument(
        "--offices", type=Path, required=True, metavar="TOML", help="the company's file (docs/first-run.md)"
    )
    setup.add_argument("--out", type=Path, required=True, metavar="FILE", help="the file to make, on a stick")
    setup.add_argument(
        "--days", type=int, choices=range(1, 61), default=14, metavar="N", help="how long it is good (14)"
    )
    _signing(setup)
    return setup


def _held(below: "Verbs[Parser]") -> Parser:
    return below.add_parser("held", help="entries that are kept out of the books, and why")


def _release(below: "Verbs[Parser]") -> Parser:
    release = below.add_parser("release", help="try held entries again, once what was wrong is mended")
    release.add_argument(
        "hash", nargs="*", metavar="HASH",
        help="as central held shows it: this one, also of a revoked device; without any, all are tried",
    )  # fmt: skip
    return release


def _office(parser: Parser) -> None:
    parser.add_argument("--office", required=True, metavar="CODE", help="the office's short code")


def _signing(parser: Parser) -> None:
    parser.add_argument("--key", type=Path, required=True, metavar="FILE", help="the company's key")
