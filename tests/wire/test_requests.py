"""A request is believed when the device's key signed its method, path, body and time."""

from dataclasses import replace
from uuid import UUID

import pytest

from counter_app.wire import requests
from counter_app.wire.ledgers import Enrolled
from counter_app.wire.requests import Unsigned
from tests.simulation.world import holds
from tests.verify.journals import DEVICE, KEY, PUBLIC_KEY

NOW = 1_773_295_000
WHO = Enrolled(DEVICE, PUBLIC_KEY, "2214", 2)
BODY = b"what is said"


def headers(**changed: str) -> dict[str, str]:
    made = requests.sign(KEY.sign, DEVICE, "POST", "/v1/push", BODY, NOW, 5)
    return {name.lower(): value for name, value in made.items()} | changed


def test_a_signed_request_is_believed() -> None:
    signed = requests.read("POST", "/v1/push", headers(), BODY)
    requests.check(signed, WHO, holds)
    assert (signed.device, signed.created_s, int(signed.nonce, 16)) == (DEVICE, NOW, 5)
    assert requests.in_time(signed, NOW + 299)
    assert not requests.in_time(signed, NOW + 301)
    assert not requests.in_time(signed, NOW - 301)


@pytest.mark.parametrize(("method", "path"), [("GET", "/v1/push"), ("POST", "/v1/feed")])
def test_another_method_or_path_is_not(method: str, path: str) -> None:
    with pytest.raises(Unsigned):
        requests.check(requests.read(method, path, headers(), BODY), WHO, holds)


@pytest.mark.parametrize("name", ["content-digest", "signature-input", "signature"])
@pytest.mark.parametrize("value", ["", "x", "counter=:AAAA:", "sha-256=:AAAA:"])
def test_headers_that_do_not_fit_are_refused(name: str, value: str) -> None:
    with pytest.raises(Unsigned):
        requests.read("POST", "/v1/push", headers(**{name: value}), BODY)


def test_another_body_is_refused_even_with_its_own_digest() -> None:
    with pytest.raises(Unsigned):
        requests.read("POST", "/v1/push", headers(), b"something else")
    changed = headers(**{"content-digest": requests.content_digest(b"something else")})
    signed = requests.read("POST", "/v1/push", changed, b"something else")
    with pytest.raises(Unsigned):
        requests.check(signed, WHO, holds)


def test_another_device_cannot_use_the_signature() -> None:
    signed = requests.read("POST", "/v1/push", headers(), BODY)
    with pytest.raises(Unsigned):
        requests.check(signed, replace(WHO, device=UUID(int=1)), holds)
    with pytest.raises(Unsigned):
        requests.check(replace(signed, created_s=NOW + 1, base=signed.base + b" "), WHO, holds)
