"""What channels record is a journal like a counter's; the verifier, which knows of none, finds it whole."""

import base64
import json
import shutil
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from counter_app.central.channels import seals
from counter_app.central.company import new_key
from counter_app.central.database import retried
from counter_app.central.tables import devices, entries
from counter_app.verify import verify_export
from tests.central.channels import serving
from tests.central.databases import Centre
from tests.central.gateways import gateway
from tests.store.office import GEETA


def exported(centre: Centre, folder: Path) -> list[Path]:
    """A journal of each device, as a counter would export it."""
    files = []
    for device, public in rows(centre, select(devices.c.device, devices.c.public_key)):
        head = {"format": "counter-journal", "version": 1, "device": str(UUID(bytes=device))}
        lines = [json.dumps(head | {"public_key": public.hex()}, separators=(",", ":"))]
        stored = (entries.c.header, entries.c.payload, entries.c.salt, entries.c.signature)
        asked = select(*stored).where(entries.c.device == device).order_by(entries.c.segment, entries.c.seq)
        for row in rows(centre, asked):
            names = ("header", "payload", "salt", "signature")
            said = {name: base64.b64encode(part).decode() for name, part in zip(names, row, strict=True)}
            lines.append(json.dumps(said, separators=(",", ":")))
        files.append(folder / f"{UUID(bytes=device)}.jsonl")
        files[-1].write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return files


def rows(centre: Centre, asked: object) -> list[tuple[object, ...]]:
    return retried(centre.store, lambda transaction: transaction.rows(asked, {}))


def test_the_verifier_finds_it_whole_also_after_another_seal(centre: Centre, tmp_path: Path) -> None:
    seal = tmp_path / "channels.key"
    with serving(centre, tmp_path) as (_, bot):
        for number in range(3):
            assert bot.complaint().status == 201
            assert bot.payment(reference=f"TXN000001{number}").status == 201
        assert bot.payment(consumer=GEETA.number, reference="TXN0000020", confirmed=False).status == 201
    shutil.move(seal, tmp_path / "old.key")
    public = new_key(seal)
    retried(centre.store, lambda transaction: seals.keep_seal(transaction, public))
    with gateway(centre.url, "--seal", str(seal)) as running:
        bot = replace(bot, address=running.address)
        assert str(bot.payment(reference="TXN0000030").json()["receipt"]).startswith("2214-92-000005-")
        assert str(bot.complaint().json()["number"]).startswith("2214-92-C00004-")
    first, second = exported(centre, tmp_path)
    reports = sorted((verify_export(first), verify_export(second)), key=lambda one: -one.entries)
    for report in reports:
        assert report.ok, report
    assert [dict(one.serials) for one in reports] == [
        {"receipt": (1, 4), "complaint": (1, 3)}, {"receipt": (5, 5), "complaint": (4, 4)},
    ]  # fmt: skip
