"""What goes above an office is read and moved on at the centre, and its counters hear each step."""

import json
from pathlib import Path

from counter_app.central.tables import held
from counter_app.domain.complaint import ComplaintStep, Stage
from counter_app.store.finds import complaints_of
from counter_app.store.rows import ComplaintRow
from tests.central.channels import Bot
from tests.central.databases import Centre
from tests.central.gateways import Gateway, centre_command
from tests.central.windows import Window
from tests.program import called
from tests.store.office import SURESH

SAID = "लाइनमैन ने पैसे माँगे"


def accused(bot: Bot) -> str:
    """Somebody tells a channel of the office's own staff; the number."""
    made = bot.complaint(type="STF-01", consumer=SURESH.number, mobile=SURESH.mobile, note=SAID)
    return str(made.json()["number"])


def at_window(window: Window) -> ComplaintRow:
    """The complaint as the office's counter has it."""
    window.linked()
    with window.book.reading() as connection:
        (row,) = complaints_of(connection, SURESH.number, ())
    return row


def test_who_answers_above_reads_it_and_moves_it_and_the_counters_hear_each_step(
    centre: Centre, channel: tuple[Gateway, Bot], tmp_path: Path
) -> None:
    running, bot = channel
    number, at = accused(bot), ("--database", centre.url)
    window = Window(centre, running, tmp_path)
    assert at_window(window).state.stage is Stage.REGISTERED
    (shown,) = centre_command("above", *at, "--office", "2214")["above"]
    assert (shown["number"], shown["type"], shown["stage"]) == (number, "STF-01", "registered")
    assert centre_command("above", *at, "--office", "2215")["above"] == []

    def move(*words: str) -> object:
        by = ("--by", "GM1", "--seal", str(tmp_path / "channels.key"))
        return centre_command("move-above", *at, number, *words, *by)["stage"]

    assert move("assigned", "--to", "सतर्कता", "--note", "बयान लें") == "assigned"
    row = at_window(window)
    (step,) = (event.said for event in row.events)
    assert isinstance(step, ComplaintStep)
    assert (row.state.stage, step.by, step.to, step.note) == (Stage.ASSIGNED, "GM1", "सतर्कता", "बयान लें")
    assert move("closed", "--consent", "call back", "--note", "सुरेश, 11:40") == "closed"
    assert (at_window(window).state.stage, at_window(window).state.attention) == (Stage.CLOSED, False)
    whole = centre_command("read-above", *at, number)
    assert (whole["note"], whole["mobile"]) == (SAID, SURESH.mobile)
    assert [(one["stage"], one["by"], one["consent"]) for one in whole["steps"]] == [
        ("assigned", "GM1", ""), ("closed", "GM1", "call back"),
    ]  # fmt: skip
    said = called("central", "read-above", *at, number).stdout
    assert SAID in said
    assert "closed, GM1, call back" in said
    window.end()
    assert centre.count(held) == 0


def test_what_is_missing_is_refused_and_nothing_is_recorded(centre: Centre, bot: Bot, tmp_path: Path) -> None:
    number, at = accused(bot), ("--database", centre.url)
    common = str(bot.complaint().json()["number"])

    def refused(number: str, *words: str) -> object:
        by = ("--by", "GM1", "--seal", str(tmp_path / "channels.key"))
        done = called("--json", "central", "move-above", *at, number, *words, *by)
        assert done.returncode == 3, done.stdout + done.stderr
        return json.loads(done.stdout)["refused"]

    assert refused(number, "closed") == "ConsentMissing"
    assert refused(number, "closed", "--consent", "call back") == "StepUnexplained"
    assert refused(number, "assigned") == "NobodyNamed"
    assert refused(number, "reopened") == "StepNotPossible"
    assert refused(common, "assigned", "--to", "रमेश") == "ComplaintUnknown", "the office sees it itself"
    assert refused("2214-2-C00001-7KD", "assigned", "--to", "रमेश") == "ComplaintUnknown"
    (shown,) = centre_command("above", *at, "--office", "2214")["above"]
    assert shown["stage"] == "registered"
