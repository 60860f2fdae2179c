"""The main job in one command without a screen."""

import json
import re
from pathlib import Path

import pytest

from counter_app import demo
from counter_app.domain.refusals import AlreadyRunning, FileUnwritable
from counter_app.verify import verify_export
from counter_app.words.say import Language
from tests.offices import copied, open_desk

LANGUAGES = pytest.mark.parametrize("language", list(Language))


@LANGUAGES
def test_it_walks_through_the_whole_job_and_leaves_the_papers(
    language: Language, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert demo.headless(tmp_path / "new", out, 60, 3, language, as_json=False) == 0
    told = capsys.readouterr().out.splitlines()
    assert len(told) == 19
    assert all(line.endswith(" ms") for line in told)
    papers = sorted(out.glob("*.pdf"))
    assert len(papers) == 4
    assert all(file.read_bytes().startswith(b"%PDF-") for file in papers)
    assert verify_export(out / "journal.jsonl", [out / "journal.anchor"]).faults == []


def test_for_scripts_each_step_is_an_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = copied(tmp_path)
    for _ in range(2):
        assert demo.headless(folder, tmp_path / "out", 0, 0, Language.ENGLISH, as_json=True) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert all(set(step) == {"step", "result", "ms"} and step["ms"] >= 0 for step in told)
    assert told[-1]["result"] == "whole"


def test_in_hindi_no_step_speaks_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = copied(tmp_path), tmp_path / "out"
    assert demo.headless(folder, out, 0, 0, Language.HINDI, as_json=True) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    results = [step["result"] for step in told if not step["result"].endswith(".pdf")]
    assert not [result for result in results if re.search("[a-z]{2}", result)]
    assert told[-1]["result"] == "पूरा और सही"


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FileUnwritable):
        demo.headless(tmp_path / "new", tmp_path / "file" / "out", 5, 1, Language.HINDI, as_json=False)


def test_a_second_program_on_the_same_data_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    desk = open_desk(folder)
    with pytest.raises(AlreadyRunning):
        demo.headless(folder, tmp_path / "out", 0, 0, Language.HINDI, as_json=False)
    desk.book.close()
