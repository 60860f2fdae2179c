"""Every command that the README and the pages of docs show: it is run, or it says here why it is not."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from counter_app.__main__ import _parser
from counter_app.desk import backups
from tests.bench.__main__ import _parser as bench_parser
from tests.house.reading import ROOT
from tests.offices import NOW, copied, open_desk, signed_in
from tests.program import called
from tests.setup.set_ups import centre, office, written

PAGES = ("README.md", "CONTRIBUTING.md", "SECURITY.md")
BEGINS = ("counter-app ", "python", "py ", "sudo ", "pip ")
BOOTSTRAP = "python3 -m counter_app.bootstrap "
BENCH = f"{BOOTSTRAP}run python -m tests.bench "

# What cannot be run within a test, each with the reason. What begins with counter-app is still understood.
NOT_RUN = {
    f"{BOOTSTRAP}demo":
        "stays open; tests/setup/test_bootstrap.py makes the environment, tests/demo walks the office",
    f"{BOOTSTRAP}demo --offices 2": "stays open; tests/demo/test_offices.py opens its windows and ends them",
    "counter-app demo --offices 2": "the same",
    "counter-app demo --offices 2 --headless --out papers":
        "tests/demo/test_offices.py runs it, with fewer consumers",
    f"{BOOTSTRAP}test": "is this run",
    f"{BOOTSTRAP}run python -m pytest -q tests/house": "is a part of this run",
    'pip install "counter-app[central]"': "asks a registry; tests/setup/test_wheel.py builds the wheel",
    "python3 build_installer.py bundle deb": "takes ten minutes and a registry",
    "python3 build_installer.py bundle deb --requirements dist/counter-app_0.1.0_amd64.requirements.txt":
        "the same",
    "sudo python3 build_installer.py check":
        "needs a package, root and a Debian mirror: run by hand; tests/setup/test_check.py has its refusals",
    "counter-app central serve --database postgresql://counter@host/counter --port 8443 --host 0.0.0.0 "
    "--certificate centre.pem --key centre.key": "does not end; tests/central starts gateways",
    "counter-app central serve --database … --port 8443 --seal channels.key": "the same",
    "counter-app central send --database … --messages messages.toml":
        "does not end; tests/central/test_sending.py starts such processes",
    "counter-app central init --database postgresql://counter@host/counter":
        "needs that host; it is run on SQLite here",
    "counter-app central revoke --database … --device UUID": "needs an enrolled device; tests/central",
    "counter-app central erase --database … --key company.key 2214-2-C00318-7KD":
        "needs a complaint at the centre; tests/central",
    "counter-app central archive --database … --backup postgresql://counter@elsewhere/restored":
        "needs a second PostgreSQL; tests/central/test_archiving.py",
    "counter-app central snapshot --database … 2214 --counter 2 --key company.key --out FILE":
        "needs an enrolled device; tests/central/test_snapshots.py",
    "counter-app central exchange --database … --key company.key FILE --out ANSWER":
        "needs a file of an enrolled counter; tests/central/test_by_hand.py",
    "counter-app setup offices.toml --office 2214 --counter 2 --code CODE":
        "needs a keyring and a centre that answers; tests/setup/test_setting_up.py, tests/central",
    "counter-app setup offices.toml --office 2214 --counter 2 --paper 2214-2-004187 --paper 2214-2-C00318":
        "needs a keyring; tests/setup/test_setting_up.py",
    "counter-app setup offices.toml --office 2214 --counter 3 --new": "the same",
    "counter-app setup counter-2.setup --key FINGERPRINT": "the same; tests/central/test_setup_files.py",
    "counter-app central seal, office, channel, channels, revoke-key: docs/channels.md": "points to a page",
    "counter-app central office --database … --office 2214 office.toml": "needs that file; tests/central",
    "counter-app central read-above --database … 2214-2-C00318-7KD":
        "needs a complaint about staff; tests/central/test_above.py",
    "counter-app central move-above --database … 2214-2-C00318-7KD assigned --by GM1 --to … "
    "--seal channels.key": "the same",
    "counter-app central revoke-key --database … --key UUID": "needs a key that was given out; tests/central",
}  # fmt: skip
POINTER = "points to a page"


def shown() -> set[str]:
    """The commands in blocks of code: joined lines, without what is optional or explained behind them."""
    pages = [*(ROOT / page for page in PAGES), *(ROOT / "docs").rglob("*.md")]
    return {command for page in pages for command in _commands(page.read_text("utf-8"))}


def _commands(text: str) -> Iterator[str]:
    fenced, before = False, ""
    for line in text.splitlines():
        if line.startswith("```"):
            fenced = not fenced
        elif fenced or line.startswith("    ") or before:
            whole = before + line.strip()
            before = whole.removesuffix("\\") if whole.endswith("\\") else ""
            if whole.startswith(BEGINS) and not before:
                explained = re.split(r" {3,}(?![ -])", whole)[0]
                plain = explained if whole.startswith("pip") else re.sub(r"\[[^]]*\]", "", explained)
                yield " ".join(plain.split())


class Place:
    """Where the commands are run: an office, a centre, and what stands for the placeholders of a page."""

    def __init__(self, folder: Path) -> None:
        self.office, self.new, self.stick = copied(folder), folder / "new", folder / "stick"
        self.folder, self.typed = folder, "navgram\n"
        self.stick.mkdir()
        self.url = f"sqlite:///{folder / 'centre.db'}"

    def run(self, command: str, **given: object) -> str:
        """Run one as it is shown, with what is given for its placeholders; what it printed."""
        words = [str(given.get(word, word)) for word in shlex.split(command)[1:]]
        done = called(*words, typed=self.typed)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        return done.stdout


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.chdir(ROOT)
    return Place(tmp_path)


def _at_the_counter(place: Place) -> Iterator[str]:
    """Run what a counter is asked; each command as it is shown."""
    data = f" --data {place.office}"
    demo = {kind: f"resources/demo/{kind}.csv" for kind in ("consumers", "bills", "payments")}
    files = (
        "counter-app import --data DIR --as S01 --consumers resources/demo/consumers.csv "
        "--bills resources/demo/bills.csv --columns resources/demo/columns.toml "
        "--payments resources/demo/payments.xlsx"
    )
    place.run(files, DIR=place.office)
    yield files
    same = (
        "counter-app import --as S01 --consumers consumers.csv --bills bills.csv --payments payments.csv "
        "--rejects rejects.csv"
    )
    place.run(same + data, **{f"{kind}.csv": file for kind, file in demo.items()},
              **{"rejects.csv": place.folder / "rejects.csv"})  # fmt: skip
    yield same
    whole = "counter-app post --as S01 --out DIR"
    told = json.loads(place.run(f"{whole}{data} --json", DIR=place.folder / "all"))
    yield whole
    days = f"{whole} --from 01/03/2026 --to 12/03/2026"
    place.run(days + data, DIR=place.folder / "days")
    yield days
    upto = [file["upto"] for file in told["files"] if file["upto"]]
    after = f"{whole} --after 2214-2-004187 2214-2-C00318 2214-2-X00012"
    place.run(f"{whole} --after {' '.join(upto)}{data}", DIR=place.folder / "after")
    yield after
    yield from _put_back(place, data)


def _put_back(place: Place, data: str) -> Iterator[str]:
    desk = open_desk(place.office)
    code = backups.new_recovery_code(desk, signed_in(desk, "ADM"), uuid4(), NOW)
    desk.book.close()
    make = "counter-app backup --to DIR --data DEMO"
    place.run(make, DIR=place.stick, DEMO=place.office)
    yield make
    bare = "counter-app restore DIR --as ADM --paper 2214-2-004187 --data NEW"
    place.typed = f"{code}\nnavgram\n"
    place.run(bare, DIR=place.stick, NEW=place.new)
    yield bare
    place.typed = "navgram\n"
    (place.office / "counter.db").unlink()
    (copy,) = place.stick.glob("*.backup")
    behind = "counter-app restore FILE --as CODE"
    place.run(behind + data, FILE=copy, CODE="ADM")
    yield behind


def _at_the_centre(place: Place) -> Iterator[str]:
    """Run what a centre is asked."""
    place.typed = "seven green lanterns\n"
    place.run("counter-app central init --database …", **{"…": place.url})
    files = {"company.key": place.folder / "company.key", "tenders.toml": "resources/rules/tenders.toml",
             "channels.key": place.folder / "channels.key"}  # fmt: skip
    for command in (
        "counter-app central upgrade --database …",
        "counter-app central key --database … --out company.key",
        "counter-app central enrol --database … --office 2214 --counter 2",
        "counter-app central status --database …",
        "counter-app central person --database … --office 2214 --code R31 --name-en … --role cashier",
        "counter-app central viewer --database … --code GM1",
        "counter-app central rules --database … --key company.key tenders.toml",
        "counter-app central held --database …",
        "counter-app central release --database …",
        "counter-app central snapshot --database … 2214",
        "counter-app central seal --database … --out channels.key",
        'counter-app central channel --database … --channel whatsapp --name "bot, Jabalpur"',
        "counter-app central channels --database …",
        "counter-app central above --database … --office 2214",
    ):
        place.run(command.replace("--name-en …", "--name-en 'Asha Rao'"), **files | {"…": place.url})
        yield command
    offices = written(place.folder, centre("https://centre.example"), office())
    setup = (
        "counter-app central setup-file --database … --key company.key --offices offices.toml 2214 2 "
        "--out counter-2.setup"
    )
    out = {"offices.toml": offices, "counter-2.setup": place.folder / "counter-2.setup"}
    place.run(setup, **files | out | {"…": place.url})
    yield setup
    hashed = "counter-app password-hash ADM"
    place.run(hashed)
    yield hashed
    bring = "counter-app central import --database … --office 2214 --consumers F --bills F --payments F"
    named = re.sub(r"--(\w+) F\b", r"--\1 resources/demo/\1.csv", bring)
    place.run(named, **{"…": place.url})
    yield bring


def test_every_command_of_the_pages_is_run_or_says_why_not(place: Place) -> None:
    run = {*_at_the_counter(place), *_at_the_centre(place)}
    benches = {command for command in shown() if command.startswith(BENCH)}
    assert shown() - benches == run | set(NOT_RUN)


def test_what_is_not_run_is_understood_all_the_same() -> None:
    for command, reason in NOT_RUN.items():
        if command.startswith("counter-app ") and reason != POINTER:
            _parser().parse_args(shlex.split(command)[1:])
    for command in shown():
        if command.startswith(BENCH):
            bench_parser().parse_args(command.removeprefix(BENCH).split())
