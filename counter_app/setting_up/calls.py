"""How the commands that set a counter up are called. What they need is loaded when one is carried out."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.words.say import Language

if TYPE_CHECKING:
    from argparse import _SubParsersAction as Verbs

COMMANDS = {"setup", "password-hash"}


def parsers(verbs: "Verbs[argparse.ArgumentParser]") -> list[argparse.ArgumentParser]:
    """The commands."""
    setup = verbs.add_parser("setup", help="set this counter up from a file, without the window")
    setup.add_argument(
        "file", type=Path, metavar="FILE", help="TOML for all offices, or a signed one for this"
    )
    setup.add_argument("--office", default="", metavar="CODE", help="which of several offices")
    setup.add_argument("--counter", type=int, metavar="N", help="its number there, unless the file says it")
    setup.add_argument("--code", default="", metavar="CODE", help="a code of the centre that enrols it")
    setup.add_argument(
        "--key", default="", metavar="FINGERPRINT", help="of a signed file: as the letter has it, quoted"
    )
    before = setup.add_mutually_exclusive_group()
    before.add_argument(
        "--paper", action="append", default=[], metavar="NUMBER", help="a last number this counter gave out"
    )
    before.add_argument("--new", action="store_true", help="this counter's number was never in use")
    hashed = verbs.add_parser("password-hash", help="what a set-up file holds of a password, asked for here")
    hashed.add_argument("code", metavar="CODE", help="whose password it is: it may not be made of the code")
    return [setup, hashed]


def carry_out(folder: Path, chosen: argparse.Namespace, language: Language) -> int:
    """Carry out one call; the exit code."""
    from counter_app.domain.setting_up import numbers_said
    from counter_app.setting_up import command

    if chosen.verb == "password-hash":
        return command.hash_password(chosen.code, as_json=chosen.json)
    named = (chosen.office, chosen.counter)
    read = command.read(chosen.file, named, chosen.code, chosen.key)
    wanted = numbers_said(read, chosen.paper, new=chosen.new)
    return command.main(folder, wanted, language, as_json=chosen.json)
