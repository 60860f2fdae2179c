"""The command ``counter-app``: the counter's window, and what can be done without one."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from counter_app import __version__, machine
from counter_app.central import calls
from counter_app.domain.acts import BILLING_FILES, FileKind
from counter_app.domain.days import read_day
from counter_app.domain.refusals import Refused
from counter_app.setting_up import calls as setup_calls
from counter_app.whole_file import typed_path
from counter_app.words.say import Language

OK = 0
FAULT = 1
REFUSED = 3
INTERRUPTED = 130

CONSUMERS, CONSUMERS_OF_TWO = 20_000, 1_000
"""Of the demo's one office, and of each of its two."""

_FOLDERS = {"demo": "demo", "drill": "office-drill"}
"""Where what is invented lies beside the data of the office."""

NO_SCREEN = (
    "There is no screen here, so no window can be opened. To see the counter's main job without one, "
    "add --headless to demo:  counter-app demo --headless --out papers"
)
_DESCRIPTION = """\
The counter at the window of an electricity office: find the consumer, register the complaint, take the
payment, print bill and receipt. It works without a network.

New here? Start with an invented office; nothing in it is real:

  counter-app demo                                the window, sign-in already filled in
  counter-app demo --headless --out papers        the main job without a screen; papers land in the folder
  counter-app drill                               practise: keys and seconds are counted
  counter-app demo --offices 2                    two offices, a centre between them, and a WhatsApp bot"""
_SYNC = "the line to the centre: enrol, one round, files by hand, how it stands"
_ENDING = """\
Exit codes: 0 all is well; 1 a fault was found; 2 wrongly called; 3 this machine or disk refused
(no screen, disk full, data already open, ...): what was recorded before is safe."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one call of the command; the exit code."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    if wrong := _wrong_call(chosen):
        parser.error(wrong)
    try:
        return _carry_out(chosen)
    except Refused as refusal:
        return _refused(refusal, chosen)
    except ImportError as missing:
        if (missing.name or "").startswith("counter_app"):
            raise
        lacking = (
            machine.libraries_sentence(window=False)
            or f"{missing}, in this Python ({sys.executable}). "
            "From the source folder, start with: python3 -m counter_app.bootstrap demo"
        )
        return _say_no(type(missing).__name__, lacking, lacking, as_json=chosen.json)
    except KeyboardInterrupt:
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="counter-app",
        description=_DESCRIPTION,
        epilog=_ENDING,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"counter-app {__version__}")
    _common(parser, data=None, json=False, language=None)
    verbs = parser.add_subparsers(dest="verb", metavar="COMMAND", title="commands (without one: the window)")

    demo = verbs.add_parser("demo", help="an invented office to try everything on")
    demo.add_argument(
        "--headless", action="store_true", help="no window: walk the main job and write its papers"
    )
    demo.add_argument(
        "--out", type=Path, default=Path("papers"), metavar="DIR", help="folder for the papers (papers)"
    )
    demo.add_argument(
        "--offices", type=int, choices=(1, 2), default=1, help="two: with a centre and a bot between them (1)"
    )
    demo.add_argument(
        "--consumers", type=_count, metavar="N", help="how many consumers an office has (20000; of two, 1000)"
    )
    demo.add_argument("--seed", type=int, default=1, metavar="N", help="same number, same office (1)")

    drill = verbs.add_parser("drill", help="practise at the window of an invented zone, made anew each day")
    audit = _audit(verbs)
    copies = _copies(verbs)
    doctor = verbs.add_parser("doctor", help="what this machine has, and what the program lacks")
    support = verbs.add_parser("support", help="checks, versions and the log in one file, for who helps")
    support.add_argument("file", type=Path, metavar="FILE", help="the ZIP file to make")
    sync = _sync_parsers(verbs.add_parser("sync", help=_SYNC))
    others = (*setup_calls.parsers(verbs), *_files(verbs), *calls.parsers(verbs))
    for verb in (demo, drill, *audit, *copies, *sync, doctor, support, *others):
        verb.epilog = _ENDING
        verb.formatter_class = argparse.RawDescriptionHelpFormatter
        _common(verb, data=argparse.SUPPRESS, json=argparse.SUPPRESS, language=argparse.SUPPRESS)
    return parser


def _audit(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> list[argparse.ArgumentParser]:
    """What an auditor asks for."""
    verify = verbs.add_parser("verify", help="check that the journal is whole: nothing lost, nothing changed")
    verify.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help="an exported journal; without it this counter's own data",
    )
    verify.add_argument(
        "--anchor",
        action="append",
        type=Path,
        default=[],
        metavar="FILE",
        help="the second file beside an exported journal: shows a cut, old or rewritten end",
    )
    export = verbs.add_parser("export-journal", help="the journal and its second file, for an auditor")
    export.add_argument(
        "--out", type=Path, metavar="FILE", help="the file to make (journal-DEVICE-ENTRIES.jsonl)"
    )
    papers = verbs.add_parser("papers", help="the papers of a day as they were printed, for an auditor")
    papers.add_argument("--day", type=_day, required=True, metavar="DAY", help="the day (12/03/2026)")
    papers.add_argument("--out", type=Path, metavar="FILE", help="the file to make (papers-DAY.zip)")
    for verb in (export, papers):
        _as_whom(verb)
    return [verify, export, papers]


def _files(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> list[argparse.ArgumentParser]:
    """The commands that take files of the billing side in, and write files for it."""
    bring = verbs.add_parser("import", help="take in the billing system's consumers, bills and payments")
    calls.add_files(bring, BILLING_FILES)
    post = verbs.add_parser("post", help="write payments, complaints and changes out for the billing side")
    post.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the files")
    post.add_argument("--from", dest="first", type=_day, metavar="DAY", help="from this day (12/03/2026)")
    post.add_argument("--to", dest="last", type=_day, metavar="DAY", help="to this day")
    post.add_argument(
        "--after",
        nargs="+",
        default=[],
        metavar="NUMBER",
        help="behind these numbers: a receipt, a complaint, a slip about a receipt, a word of the bank",
    )
    for verb in (bring, post):
        _as_whom(verb)
    return [bring, post]


def _copies(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> list[argparse.ArgumentParser]:
    """The commands that copy the data and put a copy back."""
    make = verbs.add_parser("backup", help="copy the data to the places chosen for it, and check the copies")
    make.add_argument(
        "--to", type=Path, action="append", default=[], metavar="DIR", help="to this folder, this time"
    )
    back = verbs.add_parser("restore", help="put a copy in the place of records that are lost or damaged")
    back.add_argument(
        "place", type=Path, metavar="FILE", help="the copy, or a folder with copies: the newest whole one"
    )
    back.add_argument(
        "--paper", action="append", default=[], metavar="NUMBER",
        help="the number on the last paper given out, of each kind: numbers go on above it",
    )  # fmt: skip
    _as_whom(back)
    return [make, back]


def _as_whom(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--as", dest="code", required=True, metavar="CODE",
        help="who does it; the password is asked for, or is the first line that comes in",
    )  # fmt: skip


def _wrong_call(chosen: argparse.Namespace) -> str:
    """What does not go together, as far as the parser cannot tell by itself; empty when all does."""
    if chosen.verb == "verify" and chosen.anchor and not chosen.file:
        return "--anchor goes with an exported FILE; the counter's own data has its second file beside it"
    imports = chosen.verb == "import" or (chosen.verb == "central" and chosen.central == "import")
    kinds = [kind for kind in FileKind if hasattr(chosen, kind)]
    if imports and not any(getattr(chosen, kind) for kind in kinds):
        return f"name at least one file: {', '.join(f'--{kind}' for kind in kinds)}"
    if chosen.verb == "central" and chosen.central == "snapshot" and not _is_for_one(chosen):
        return "a file is for one counter of one office: OFFICE --counter N --key FILE --out FILE"
    if chosen.verb == "post" and chosen.after and (chosen.first or chosen.last):
        return "either days (--from, --to) or numbers (--after)"
    return ""


def _is_for_one(chosen: argparse.Namespace) -> bool:
    """Whether a snapshot is for a file with all that belongs to it, or for none."""
    given = [chosen.counter is not None, chosen.key is not None, chosen.out is not None]
    return not any(given) or (all(given) and len(chosen.office) == 1)


def _sync_parsers(sync: argparse.ArgumentParser) -> tuple[argparse.ArgumentParser, ...]:
    """The commands of the line to the centre."""
    acts = sync.add_subparsers(dest="act", metavar="ACT", required=True)
    enrol = acts.add_parser("enrol", help="enrol this counter by a code that the centre gave out")
    enrol.add_argument("--url", required=True, metavar="URL", help="where the centre answers: https://...")
    enrol.add_argument("--code", required=True, metavar="CODE", help="good once, for a quarter of an hour")
    enrol.add_argument("--certificate", default="", metavar="FILE", help="the centre's own certificate (PEM)")
    once = acts.add_parser("once", help="send everything and read all that is new, then end")
    status = acts.add_parser("status", help="what is unsent and held, and when the centre answered last")
    write = acts.add_parser("write", help="write what is unsent into a file that is carried to the centre")
    read = acts.add_parser("read", help="read a file that came from the centre")
    for by_hand in (write, read):
        by_hand.add_argument("file", type=Path, metavar="FILE", help="on a pen drive, say")
    return enrol, once, status, write, read


def _common(parser: argparse.ArgumentParser, *, data: object, json: object, language: object) -> None:
    """The options that may stand before and after the command."""
    parser.add_argument("--data", type=Path, default=data, metavar="DIR", help="folder of the counter's data")
    parser.add_argument("--json", action="store_true", default=json, help="answers for scripts: JSON")
    parser.add_argument(
        "--language",
        type=Language,
        choices=list(Language),
        default=language,
        help="hi: Hindi with English beside it; en: English alone (usual: hi, or what F11 chose last)",
    )


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 1_000_000:
        raise argparse.ArgumentTypeError("from 1 to 1000000")
    return number


def _day(text: str) -> date:
    try:
        return read_day(text)
    except Refused:
        raise argparse.ArgumentTypeError("a day like 12/03/2026") from None


def data_folder(given: Path | None, kind: str) -> Path:
    """Where the data lies: the folder that was named, else this person's own, named by what it is for."""
    if given is not None:
        return typed_path(str(given)).absolute()
    from platformdirs import user_data_path

    return user_data_path("counter-app", appauthor=False) / kind


def _carry_out(chosen: argparse.Namespace) -> int:
    if chosen.verb == "central":
        return calls.carry_out(chosen)
    folder = data_folder(chosen.data, _FOLDERS.get(chosen.verb, "office"))
    language = chosen.language or Language.HINDI
    if chosen.verb in setup_calls.COMMANDS:
        return setup_calls.carry_out(folder, chosen, language)
    if chosen.verb == "doctor":
        from counter_app import doctor

        return doctor.main(folder, language, as_json=chosen.json)
    if chosen.verb == "support":
        from counter_app import support

        return support.main(folder, chosen.file, language, as_json=chosen.json)
    if chosen.verb == "verify" and chosen.file:
        from counter_app import audit

        return audit.verify_file(chosen.file, chosen.anchor, language, as_json=chosen.json)
    if chosen.verb == "verify":
        from counter_app import audit

        return audit.verify_folder(folder, language, as_json=chosen.json)
    if chosen.verb == "export-journal":
        from counter_app import audit

        return audit.export_journal(folder, chosen.code, chosen.out, language, as_json=chosen.json)
    if chosen.verb == "papers":
        from counter_app import audit

        return audit.papers_of_day(folder, chosen.code, chosen.day, chosen.out, language, as_json=chosen.json)
    if chosen.verb in {"import", "post"}:
        return _exchange(folder, chosen, language)
    if chosen.verb == "backup":
        from counter_app import backups

        return backups.back_up(folder, chosen.to, language, as_json=chosen.json)
    if chosen.verb == "restore":
        from counter_app import backups

        return backups.restore(folder, chosen.place, chosen.code, chosen.paper, language, as_json=chosen.json)
    if chosen.verb == "sync":
        return _sync(folder, chosen, language)
    if chosen.verb == "demo" and chosen.headless:
        from counter_app import demo

        walk = demo.two_headless if chosen.offices > 1 else demo.headless
        return walk(folder, chosen.out, _consumers(chosen), chosen.seed, language, as_json=chosen.json)
    return _windows(folder, chosen)


def _exchange(folder: Path, chosen: argparse.Namespace, language: Language) -> int:
    from counter_app import exchange

    if chosen.verb == "post":
        days = chosen.first, chosen.last
        return exchange.post_out(
            folder, chosen.code, chosen.out, days, chosen.after, language, as_json=chosen.json
        )
    files = {kind: getattr(chosen, kind) for kind in BILLING_FILES if getattr(chosen, kind)}
    return exchange.bring_in(
        folder, chosen.code, files, chosen.columns, chosen.rejects, language, as_json=chosen.json
    )


def _sync(folder: Path, chosen: argparse.Namespace, language: Language) -> int:
    from counter_app import line

    if chosen.act == "enrol":
        asked = (chosen.url, chosen.code, chosen.certificate)
        return line.enrol(folder, *asked, language, as_json=chosen.json)
    if chosen.act in {"write", "read"}:
        by_hand = line.write_out if chosen.act == "write" else line.read_in
        return by_hand(folder, chosen.file, language, as_json=chosen.json)
    act = line.once if chosen.act == "once" else line.status
    return act(folder, language, as_json=chosen.json)


def _windows(folder: Path, chosen: argparse.Namespace) -> int:
    """The window, or one for each of two demo offices."""
    lacking = machine.libraries_sentence(machine.window_possible()) if machine.screen() else NO_SCREEN
    if lacking:
        return _say_no("WindowNotPossible", lacking, lacking, as_json=chosen.json)
    from counter_app import app

    if chosen.verb == "drill":
        from counter_app.demo import training

        zone = training.place(folder, app.now())
        return app.run(zone, demo=True, training=True, consumers=0, seed=0, language=chosen.language)
    if chosen.verb != "demo":
        return app.run(folder, demo=False, consumers=CONSUMERS, seed=1, language=chosen.language)
    window = partial(
        app.run, demo=True, consumers=_consumers(chosen), seed=chosen.seed, language=chosen.language
    )
    if chosen.offices == 1:
        return window(folder)
    from counter_app import demo

    language = chosen.language or Language.HINDI
    return demo.two_with_windows(folder, window, _consumers(chosen), chosen.seed, language)


def _consumers(chosen: argparse.Namespace) -> int:
    """How many each demo office gets."""
    usual = CONSUMERS if chosen.offices == 1 else CONSUMERS_OF_TWO
    return int(chosen.consumers or usual)


def _refused(refusal: Refused, chosen: argparse.Namespace) -> int:
    from counter_app.words.refusals import sentence

    said = sentence(refusal, chosen.language or Language.HINDI)
    both = "\n".join(line for line in said if line)
    return _say_no(type(refusal).__name__, said.second or said.lead, both, as_json=chosen.json)


def _say_no(name: str, english: str, said: str, *, as_json: bool) -> int:
    """For scripts one object on the way out, for people the words beside it."""
    if as_json:
        print(json.dumps({"ok": False, "refused": name, "sentence": english}))
    _tell(said)
    return REFUSED


def _tell(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
