"""The command ``counter-app central``: make the store, let counters in, serve, look, shut counters out."""

import json
import logging
import socket
import ssl
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from counter_app.billing.columns import read_names
from counter_app.central import (
    archiving,
    by_hand,
    compacting,
    company,
    contacts,
    database,
    enrolling,
    erasing,
    gateway,
    importing,
    integrating,
    releasing,
    staff,
    steps,
)
from counter_app.central.database import Transaction, retried
from counter_app.central.sending import outbox
from counter_app.central.tables import VERSION
from counter_app.central.typing_in import typed_password
from counter_app.central.within import centre_at, form, in_centre, reached
from counter_app.domain.acts import FileKind
from counter_app.domain.central_refusals import (
    CentreThere,
    CompanyKeyThere,
    DeviceNotEnrolled,
    PortTaken,
)
from counter_app.domain.days import business_day, from_millis
from counter_app.domain.entry import Kind
from counter_app.domain.numbering import read_number
from counter_app.domain.people import Role
from counter_app.domain.refusals import FileUnreadable
from counter_app.wire.passwords import new_password_hash
from counter_app.words.refusals import sentence
from counter_app.words.say import Language

KEPT_ALIVE_S = 65
ENDING_S = 10
BACKLOG = 512
SHOWN_DIGITS = 16


def init(url: str, *, as_json: bool) -> int:
    """Make the tables in an empty database. ``CentreThere``."""

    def make(transaction: Transaction) -> None:
        if steps.version(transaction) is not None:
            raise CentreThere(database.told(url))
        database.create(transaction)

    with reached(url) as opened:
        retried(opened, make)
    _say(as_json, {"ok": True}, f"The central store is made: {database.told(url)}")
    return 0


def upgrade(url: str, *, as_json: bool) -> int:
    """Take the steps from what an older program left to what this one needs."""
    with reached(url) as opened:
        before = retried(opened, lambda transaction: form(transaction, url))
        steps.take(opened, before)
    facts: dict[str, object] = {"ok": True, "before": before, "after": VERSION}
    _say(as_json, facts, f"The central store is of form {VERSION} now; it was of form {before}.")
    return 0


def enrol(url: str, office: str, counter: int, *, as_json: bool) -> int:
    """Give out a code by which one counter enrols itself."""
    now = gateway.now_ms()
    code = in_centre(url, lambda transaction: enrolling.new_code(transaction, office, counter, now))
    until = _moment(now + enrolling.GOOD_FOR_MS)
    said = f"{code}\nFor counter {counter} of office {office}, once, until {until}."
    _say(as_json, {"code": code, "office": office, "counter": counter, "until": until}, said)
    return 0


def bring_in(
    url: str, office: str, files: Mapping[FileKind, Path], columns: Path | None, rejects: Path | None,
    *, as_json: bool,
) -> int:  # fmt: skip
    """Take in files of the billing side; 1 when some rows were rejected. Why a file is none."""
    names = read_names(columns) if columns else {}
    now = gateway.now_ms()
    with centre_at(url) as opened:
        made = importing.take(opened, office, files, names, rejects, business_day(from_millis(now)), now)
    lines = [
        f"{one.kind}: {one.read} rows read, {one.taken} taken, {one.changed} changed, "
        f"{one.unchanged} as before, {one.rejected} rejected ({one.name})"
        for one in made.files
    ]
    for kind, reject in made.rejects:
        said = sentence(reject.why, Language.ENGLISH).lead
        lines.append(f"  {kind}, line {reject.line.number}, {reject.column or 'whole row'}: {said}")
    if made.moved:
        lines.append(f"{made.moved} consumers came from other offices.")
    rejected = sum(one.rejected for one in made.files)
    if rejected > len(made.rejects) and not rejects:
        lines.append("All rejected rows go to a file with --rejects FILE.")
    told = {"ok": not rejected, "files": [asdict(one) for one in made.files], "moved": made.moved}
    _say(as_json, told, "\n".join(lines))
    return 1 if rejected else 0


def person(
    url: str, office: str, code: str, names: tuple[str, str], role: Role, *, gone: bool, as_json: bool
) -> int:
    """Let somebody be of an office. ``OfficeCodeWrong``, ``PersonCodeWrong``, ``PersonNameMissing``,
    ``PersonCodeAnothers``, ``PasswordCommon``.
    """
    known_by = "" if gone else new_password_hash(typed_password(code), (code, *names))
    made = in_centre(
        url, lambda transaction: staff.put_person(transaction, office, code, names, role, known_by)
    )
    does = "signs in no more" if gone else f"is {role} of office {office}"
    _say(as_json, {"person": str(made), "code": code, "office": office, "gone": gone}, f"{code} {does}.")
    return 0


def key(url: str, out: Path, *, as_json: bool) -> int:
    """Draw the company's key into a file. ``CompanyKeyThere``, ``FileThere``, ``FileUnwritable``."""
    if in_centre(url, company.company_key):
        raise CompanyKeyThere
    public = company.new_key(out)
    in_centre(url, lambda transaction: company.keep_key(transaction, public))
    said = (
        f"{out} is the company's key. Keep it where no gateway runs; counters enrolled from now on know it."
    )
    _say(as_json, {"ok": True, "public": public.hex()}, said)
    return 0


def rules(url: str, signing: Path, file: Path, *, as_json: bool) -> int:
    """Sign a rule file and tell it to every office. ``CompanyKeyOther``, ``RuleFileUnfit``."""
    hearing = in_centre(
        url,
        lambda transaction: company.publish_rules(transaction, company.read_key(transaction, signing), file),
    )
    _say(
        as_json,
        {"ok": True, "offices": hearing},
        f"Offices that are told of {file.name}: {hearing}.",
    )
    return 0


def erase(url: str, signing: Path, typed: str, *, as_json: bool) -> int:
    """Erase what a complaint says, and make the snapshots anew that had it; where this is stopped in between,
    the next gateway that starts makes them, or who erases next. ``CompanyKeyOther``, ``ComplaintUnknown``.
    """
    erased = in_centre(
        url,
        lambda transaction: erasing.erase(
            transaction, company.read_key(transaction, signing), read_number(typed), typed
        ),
    )
    with centre_at(url) as opened:
        compacting.make_owed(opened, gateway.now_ms())
    _say(
        as_json,
        {"ok": True, "entries": erased},
        f"{typed}: entries that say nothing any more: {erased}.",
    )
    return 0


def revoke(url: str, device: str, *, as_json: bool) -> int:
    """Trust a device no more. ``DeviceNotEnrolled``."""
    try:
        named = UUID(device)
    except ValueError:
        raise DeviceNotEnrolled from None
    office, counter = in_centre(url, lambda transaction: enrolling.revoke(transaction, named))
    said = f"Counter {counter} of office {office} is revoked: what it sends is held from now on."
    _say(as_json, {"device": device, "office": office, "counter": counter, "revoked": True}, said)
    return 0


def archive(url: str, backup: str, *, as_json: bool) -> int:
    """Mark what lies whole in a backup that was put back elsewhere. ``BackupIsStore``."""
    with centre_at(url) as store, centre_at(backup) as other:
        made = archiving.archive(store, other, database.told(backup))
    said = (
        f"Entries newly archived: {made.entries}. Runs of which the backup has more than that: {made.left}."
    )
    _say(as_json, {"ok": True, **asdict(made)}, said)
    return 0


def exchange(url: str, signing: Path, file: Path, out: Path, *, as_json: bool) -> int:
    """Take what a counter wrote, and write the answer. ``CompanyKeyOther``, ``FileUnreadable``,
    ``ParcelBroken``, ``ParcelForeign``, ``DeviceNotEnrolled``, ``FileThere``, ``FileUnwritable``.
    """
    by_hand.refuse_to_overwrite(out)
    with centre_at(url) as opened:
        key = retried(opened, lambda transaction: company.read_key(transaction, signing))
        done = by_hand.exchange(opened, key, file.name, by_hand.read(file), gateway.now_ms())
    by_hand.write(out, done.data)
    facts: dict[str, object] = {
        "ok": True, "office": done.office, "counter": done.counter, "entries": done.entries,
        "items": done.items,
    }  # fmt: skip
    said = (
        f"Counter {done.counter} of office {done.office}: {done.entries} entries are taken. "
        f"Carry {out} back to it: counter-app sync read."
    )
    _say(as_json, facts, said)
    return 0


def held(url: str, *, as_json: bool) -> int:
    """What is held, what came first before."""
    found = in_centre(url, releasing.all_held)
    head = f"{'office':8}{'counter':>8}  {'received':21}{'reason':17}{'records':22}hash"
    lines = [head]
    told = []
    for one in found:
        kind = Kind(one.kind).name.lower() if one.kind in set(Kind) else str(one.kind)
        reason = one.reason.name.lower()
        lines.append(
            f"{one.office:8}{one.counter:8}  {_moment(one.received_ms):21}{reason:17}{kind:22}"
            f"{one.hash.hex()[:SHOWN_DIGITS]}"
        )
        told.append(
            {
                "office": one.office, "counter": one.counter, "device": str(UUID(bytes=one.device)),
                "received_ms": one.received_ms, "reason": reason, "kind": kind, "hash": one.hash.hex(),
            }
        )  # fmt: skip
    _say(as_json, {"held": told}, "\n".join(lines) if found else "Nothing is held.")
    return 0


def release(url: str, named: list[str], *, as_json: bool) -> int:
    """Try held entries again: all, or those named, also of a revoked device; 1 when any of them stays held.

    ``HeldUnknown``.
    """
    with centre_at(url) as opened:
        asked = retried(opened, lambda t: releasing.held_named(t, named) if named else releasing.all_held(t))
        done = [integrating.try_again(opened, one, looked_at=bool(named)) for one in asked]
    released, left = sum(done), len(done) - sum(done)
    said = f"Released: {released}. Still held: {left}; counter-app central held shows why."
    _say(as_json, {"ok": not left, "released": released, "held": left}, said)
    return 1 if left else 0


def status(url: str, *, as_json: bool) -> int:
    """How every counter stands."""
    standing, sending = in_centre(
        url,
        lambda transaction: (contacts.standing(transaction, Language.ENGLISH), outbox.counts(transaction)),
    )
    head = f"{'office':8}{'counter':>8}  {'last contact':21}{'unsent':>7}  {'since':21}"
    lines = [head + f"{'received':>9}{'held':>6}{'doubted':>8}{'forks':>6}{'clock s':>9}  version  device"]
    for one in standing.counters:
        lines.append(
            f"{one.office:8}{one.counter:8}  {_moment(one.contact_ms):21}{one.unsent:7}  "
            f"{_moment(one.unsent_since_ms):21}{one.received:9}{one.held:6}{one.doubted:8}{one.forks:6}"
            f"{one.clock_ahead_ms / 1000:9.1f}  {one.program or '-':7}  {one.device}"
            f"{'  revoked' if one.revoked else ''}"
        )
        lines += [f"{'':8}! {alarm}" for alarm in one.alarms]
    lines.append(
        f"waiting for the books: {standing.arrivals} runs; returned by other counters: {standing.returned}; "
        f"bills paid more than once: {standing.surpluses}"
    )
    if any(sending.values()):
        lines.append("messages: " + ", ".join(f"{state} {count}" for state, count in sending.items()))
    _say(as_json, asdict(standing) | {"messages": sending}, "\n".join(lines))
    return 0


def serve(
    url: str, host: str, port: int, certificate: Path | None, key: Path | None, seals: Sequence[Path]
) -> int:
    """Answer counters, and channels where there is a seal, until told to end; first the seal, then those that
    were it before. ``CentreMissing``, ``PortTaken``, ``FileUnreadable``, ``ChannelSealOther``.
    """
    import uvicorn

    from counter_app.central.app import made
    from counter_app.central.channels.seals import read_seal
    from counter_app.central.listening import Line, most_lines

    read = in_centre(url, lambda transaction: read_seal(transaction, seals) if seals else None)
    log_as_lines()
    config = uvicorn.Config(
        made(database.opened(url, serving=True), read),
        http=Line,
        limit_concurrency=most_lines(),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=KEPT_ALIVE_S,
        timeout_graceful_shutdown=ENDING_S,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    try:
        config.load()
    except (OSError, ssl.SSLError):
        raise FileUnreadable(str(certificate)) from None
    try:
        listening = socket.create_server((host, port), backlog=BACKLOG)
    except OSError:
        raise PortTaken(port) from None
    with listening:
        scheme = "https" if certificate else "http"
        print(f"listening on {scheme}://{host}:{listening.getsockname()[1]}", flush=True)
        uvicorn.Server(config).run(sockets=[listening])
    return 0


# -- what is said ----------------------------------------------------------------------------------


def _say(as_json: bool, facts: dict[str, object], sentence: str) -> None:
    print(json.dumps(facts) if as_json else sentence)


def _moment(ms: int | None) -> str:
    return "-" if ms is None else datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%d %H:%M:%SZ")


class _Lines(logging.Formatter):
    """One JSON object a line. Only what was named is said: no texts from requests, no payloads."""

    NAMES = (
        "path", "status", "ms", "device", "channel", "office", "refusal", "reason", "entries", "fault",
    )  # fmt: skip

    def format(self, record: logging.LogRecord) -> str:
        said = {"at": _moment(int(record.created * 1000)), "level": record.levelname.lower()}
        said["event"] = record.getMessage()
        facts = {name: record.__dict__[name] for name in self.NAMES if name in record.__dict__}
        if record.exc_info and record.exc_info[0]:
            facts["fault"] = record.exc_info[0].__name__
        return json.dumps(said | facts)


def log_as_lines() -> None:
    """The log on standard error, one JSON object a line."""
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(_Lines())
    logging.basicConfig(level=logging.INFO, handlers=[lines], force=True)
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
