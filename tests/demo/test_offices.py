"""Two offices under a centre: what is done at one is seen at the other, and all ends together."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from counter_app.demo.bot import Bot, Writer
from counter_app.demo.offices import OFFICES
from counter_app.domain.refusals import AlreadyRunning
from counter_app.store.lock import InstanceLock
from counter_app.words.say import Language
from tests.central.gateways import until, well
from tests.program import Program, called

CONSUMERS = "60"
SAW = ("sees the money", "sees the complaint")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, object]]]:
    """A folder with two offices, and what their first walk said."""
    folder = tmp_path_factory.mktemp("two")
    return folder, walked(folder)


def walked(folder: Path, language: Language = Language.ENGLISH) -> list[dict[str, object]]:
    """The steps of a walk, which ended well."""
    done = called(
        "demo", "--offices", "2", "--headless", "--out", str(folder / "papers"),
        "--data", str(folder / "data"), "--consumers", CONSUMERS, "--json", "--language", str(language),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_each_office_sees_what_the_other_and_the_bot_did(
    made: tuple[Path, list[dict[str, object]]],
) -> None:
    folder, steps = made
    results = {str(step["step"]): str(step["result"]) for step in steps}
    names = [office.name_en for office in OFFICES]
    for (here, there), code in zip((names, names[::-1]), ("2214", "2215"), strict=True):
        assert results[f"{here}: money of a consumer of {there}"].startswith(f"{code}-2-")
        assert results[f"{here}: complaint of a consumer of {there}"].startswith(f"{code}-2-C")
        bot = results[f"WhatsApp bot: complaint of a consumer of {here}"]
        assert bot.startswith(f"{code}-92-C00001-")
        assert results[f"{here} sees the complaint and forwards it"] == bot
        assert results[f"WhatsApp bot: payment of a consumer of {here}"].startswith(f"{code}-92-000001-")
    assert [step["step"] for step in steps if str(step["step"]).endswith(SAW)]
    assert results["WhatsApp bot: its stage"] == "forwarded"
    assert results["Journal and rows verified"] == "whole"
    assert results["The centre holds nothing back"] == "0"
    assert len([*(folder / "papers").glob("*.pdf")]) == 4


def test_the_next_start_goes_on_with_what_is_there_and_in_hindi_speaks_no_english(
    made: tuple[Path, list[dict[str, object]]],
) -> None:
    folder, first = made
    steps = walked(folder, Language.HINDI)
    assert len(steps) == len(first) - 1
    assert any(str(step["result"]).startswith("2215-92-C00002-") for step in steps)
    assert not [step for step in steps if re.search("[a-z]{3}", str(step["step"]).replace("WhatsApp", ""))]


@pytest.mark.parametrize("ending", [Program.interrupt, Program.kill])
def test_windows_bot_and_centre_end_with_the_command(
    made: tuple[Path, list[dict[str, object]]], ending: Callable[[Program], None]
) -> None:
    data = made[0] / "data"
    program = Program("demo", "--offices", "2", "--data", str(data), "--language", "en")
    try:
        said = [program.output.readline() for _ in range(4)]
        assert [line for line in said if " belongs to " in line] == said[:2]
        (address,) = re.findall(r"(http://127\.0\.0\.1:[0-9]+)/overview", said[2])
        assert said[3].startswith("WhatsApp bot:")
        assert well(address)
        until(lambda: windows(data) == len(OFFICES))
        ending(program)
        until(lambda: not well(address) and are_free(data))
    finally:
        program.kill()
        ended = program.ended()
    assert "Traceback" not in ended.stderr


def windows(data: Path) -> int:
    """How many have opened an office's data: nobody has a log of the database before."""
    return len([*(data / "offices").glob("*/counter.db-wal")])


def are_free(data: Path) -> bool:
    """Whether no window has either office open any more."""
    try:
        for office in OFFICES:
            InstanceLock(data / "offices" / office.code).release()
    except AlreadyRunning:
        return False
    return True


def test_the_bot_says_when_nobody_answers() -> None:
    stranger = Writer("N2204599999", "9826048210", "कोई और", "Somebody else", "नवग्राम जोन", "Navgram zone")
    bot = Bot("http://127.0.0.1:9", "ck_x", (stranger,), Language.ENGLISH)
    bot.client = type(bot.client)("http://127.0.0.1:9", "whatsapp", "ck_x", attempts=1)
    assert bot.act() == "WhatsApp bot: the centre does not answer"
