"""The client of the docs does what a bot has to do, against a real gateway."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from counter_app.central.tables import payments
from tests.central.channels import Bot
from tests.central.databases import Centre
from tests.central.gateways import Gateway
from tests.store.office import ROOT, SURESH


@pytest.fixture
def module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("channel_client", ROOT / "docs" / "channel_client.py")
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_the_client_of_the_docs(
    centre: Centre, channel: tuple[Gateway, Bot], module: ModuleType, tmp_path: Path
) -> None:
    _, bot = channel
    client = module.Channel(bot.address, str(bot.channel), bot.secret, attempts=2, pause_s=0.0)
    assert "SUP-04" in [one["code"] for one in client.complaint_types()]
    made = client.register_complaint("SUP-04", consumer=SURESH.number, mobile=SURESH.mobile)
    assert client.complaint(made["number"])["stage"] == "registered"
    assert [one["number"] for one in client.complaints(SURESH.number, SURESH.mobile)] == [made["number"]]
    due = client.bills(SURESH.number, SURESH.mobile)["payable"]
    assert client.bill_pdf(SURESH.number, SURESH.mobile).startswith(b"%PDF")
    for _ in range(2):
        paid = client.report_payment(
            SURESH.number, due, "bhim-upi", "608712345678", True, request="of-this-very-payment"
        )
    assert centre.count(payments) == 1
    assert client.receipt_pdf(paid["receipt"], SURESH.mobile).startswith(b"%PDF")
    assert client.bills(SURESH.number, SURESH.mobile)["payable"] == 0
    with pytest.raises(module.Refused) as refused:
        client.bills(SURESH.number, "9999999999")
    assert (refused.value.status, refused.value.name) == (403, "ConsumerNotProven")


def test_nobody_is_there(module: ModuleType) -> None:
    client = module.Channel("http://127.0.0.1:9", "upay", "ck_x", attempts=2, pause_s=0.0)
    with pytest.raises(OSError, match="refused"):
        client.complaint("2214-92-C00318-7KD")
