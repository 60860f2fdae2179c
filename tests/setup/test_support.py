"""The file for who helps from afar: whole, of nobody, and made also when nothing can be opened."""

import json
import zipfile
from pathlib import Path

from counter_app import __version__
from tests import canaries
from tests.offices import copied
from tests.program import called as counter_app


def parts(file: Path) -> dict[str, str]:
    with zipfile.ZipFile(file) as bundle:
        return {name: bundle.read(name).decode() for name in bundle.namelist()}


def test_fifty_canaries_go_through_a_day_and_none_is_in_log_or_file(tmp_path: Path) -> None:
    held = canaries.written(tmp_path / "office")
    assert len(set(canaries.CANARIES)) == 50
    assert held["counter.log"].count("ValueError") == 2 * 50
    assert held["counter.log"].count("refused PasswordWrong") == 2
    assert canaries.hits(held) == []


def test_it_holds_findings_without_places_versions_and_the_log(tmp_path: Path) -> None:
    folder, file = copied(tmp_path), tmp_path / "given.zip"
    (folder / "logs").mkdir()
    (folder / "logs" / "counter.log").write_text("started\n", "utf-8")
    asked = counter_app("support", str(file), "--data", str(folder), "--json")
    assert (asked.returncode, json.loads(asked.stdout)) == (0, {"ok": True, "file": str(file)})
    held = parts(file)
    assert set(held) == {"doctor.json", "versions.json", "logs/counter.log"}
    found = {one["name"]: one["value"] for one in json.loads(held["doctor.json"])}
    assert (found["program"], found["data folder"].endswith(" MB")) == (__version__, True)
    assert {"python", "sqlite", "PySide6-Essentials", "records"} <= set(found)
    assert "fpdf2" in json.loads(held["versions.json"])["packages"]
    assert not [name for name, text in held.items() if str(tmp_path) in text]
    again = counter_app("support", str(file), "--data", str(folder), "--json")
    assert (again.returncode, json.loads(again.stdout)["refused"]) == (3, "FileThere")


def test_it_is_made_of_records_that_cannot_be_opened_and_of_none(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "counter.db").write_bytes(b"a spoilt disk" * 1000)
    for place in (folder, tmp_path / "nothing"):
        file = tmp_path / f"{place.name}.zip"
        assert counter_app("support", str(file), "--data", str(place), "--language", "en").returncode == 0
        assert parts(file)["doctor.json"]
    refused = counter_app("support", str(tmp_path / "gone" / "x.zip"), "--data", str(folder), "--json")
    assert (refused.returncode, json.loads(refused.stdout)["refused"]) == (3, "FileUnwritable")
