"""The routes of the channels do what their description says, whatever is sent, and tell nobody of others."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi import checks

from counter_app.central.channels.routes import Speaking
from counter_app.domain.channel import SPEAKING, Channel
from tests.central.channels import THERE, Bot, key_for, opened, refused
from tests.central.databases import Centre
from tests.central.gateways import gateway
from tests.store.office import SURESH

EXAMPLES = 25
CHECKS = [
    checks.status_code_conformance, checks.content_type_conformance, checks.response_headers_conformance,
    checks.response_schema_conformance,
]  # fmt: skip
STRANGER, STRANGERS_MOBILE = "N2204518799", "7000112299"
BODIES = {"NewComplaint", "NewPayment", "CentralNumber"}


@dataclass(frozen=True)
class Place:
    """A gateway with rows of two offices, and a bot that may see one of them."""

    address: str
    bot: Bot
    secrets: tuple[str, ...]
    numbers: tuple[str, ...]


@pytest.fixture
def place(centre: Centre, tmp_path: Path) -> Iterator[Place]:
    seal = opened(centre, tmp_path)
    _, whole = key_for(centre, Channel.UPAY, per_s=10_000)
    _, here = key_for(centre, Channel.UPAY, "2214", per_s=10_000)
    with gateway(centre.url, "--seal", str(seal)) as running:
        bot = Bot(running.address, Channel.UPAY, whole)
        there = bot.complaint(type="SUP-04", consumer=STRANGER, landmark="गुप्त गली").json()["number"]
        paid = bot.payment(consumer=STRANGER, reference="SECRET0001").json()["receipt"]
        own = [str(bot.complaint().json()["number"]), str(bot.payment().json()["receipt"])]
        secrets = (str(there), str(paid), "SECRET0001", THERE.name_en, THERE.name_hi, STRANGERS_MOBILE)
        numbers = (str(there), str(paid), *own)
        yield Place(running.address, Bot(running.address, Channel.UPAY, here), secrets, numbers)


@pytest.mark.filterwarnings("ignore")
def test_whatever_is_sent_nothing_breaks_and_nothing_of_others_is_told(place: Place) -> None:
    schema = schemathesis.openapi.from_url(f"{place.address}/openapi.json")
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path.startswith("/v1/channels"):
            _tried(place, operation)()
            asked += 1
    assert asked >= 12


def _tried(place: Place, operation: Any) -> Callable[[], None]:
    """Everything that is drawn for a route: as described, and with what is really there in its places."""

    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(
        case=operation.as_strategy(),
        consumer=st.sampled_from(["", STRANGER, SURESH.number]),
        number=st.sampled_from(["", *place.numbers]),
        channel=st.sampled_from(["", "upay"]),
    )
    def tried(case: Any, consumer: str, number: str, channel: str) -> None:
        for name, real in (("consumer", consumer), ("number", number), ("channel", channel)):
            if real and name in (case.path_parameters or {}):
                case.path_parameters[name] = real
        headers = {"Authorization": f"Bearer {place.bot.secret}"}
        if consumer:
            headers["Consumer-Proof"] = STRANGERS_MOBILE if consumer == STRANGER else SURESH.mobile
        answer = case.call(headers=headers)
        assert answer.status_code < 500, answer.text
        case.validate_response(answer, checks=CHECKS)
        told = answer.content.decode("utf-8", "replace")
        for secret in place.secrets:
            assert secret not in told
        assert answer.status_code != 200 or consumer != STRANGER or "consumer" not in case.path_parameters

    return tried


def test_the_description_is_whole(place: Place) -> None:
    """Each route, field and header says what it is, and each may be refused in the one shape."""
    described = place.bot.__class__(place.address, Channel.UPAY, "")
    assert refused(described.get("/offices")) == (401, "KeyNotGood")
    said = schemathesis.openapi.from_url(f"{place.address}/openapi.json").raw_schema
    routes = {path: route for path, route in said["paths"].items() if path.startswith("/v1/channels")}
    for path, methods in routes.items():
        for method, route in methods.items():
            assert route.get("description") or route.get("summary"), (method, path)
            assert route["security"], (method, path)
            assert {"401", "403", "404", "422", "429", "503"} <= route["responses"].keys(), (method, path)
            for parameter in route["parameters"]:
                assert parameter.get("description"), (method, path, parameter["name"])
            assert (method == "post") == any(
                one["name"] == "Idempotency-Key" for one in route["parameters"]
            ), path
    for name in BODIES:
        for field, shape in said["components"]["schemas"][name]["properties"].items():
            assert "description" in shape or "examples" in shape, (name, field)


def test_what_is_no_request_at_all_is_refused_in_the_same_shape(place: Place) -> None:
    bot = place.bot
    big = bot.ask("POST", "/complaints", {"note": "x" * 20_000}, {"Idempotency-Key": "k" * 16})
    assert refused(big) == (413, "RequestUnfit")
    assert refused(bot.get("/nothing")) == (404, "RequestUnfit")
    assert refused(bot.ask("DELETE", "/offices", None, {})) == (405, "RequestUnfit")
    assert refused(bot.ask("POST", "/complaints", None, {"Idempotency-Key": "k" * 16}))[0] == 422


def test_only_channels_that_have_keys_are_described() -> None:
    assert get_args(Speaking) == tuple(map(str, SPEAKING))
