"""The overview of the central office: who may look, what stands there, and what a browser makes of it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from http.client import HTTPSConnection
from pathlib import Path
from ssl import create_default_context
from urllib.parse import urlencode

import pytest
from sqlalchemy import update

from counter_app.central.database import Database, retried
from counter_app.central.hours import Hour, Sums, by_hour, by_office
from counter_app.central.tables import arrivals, viewings
from counter_app.domain.days import business_day, from_millis, in_india
from counter_app.domain.entry import Entry, Kind
from counter_app.wire.payloads import encode as payload_bytes
from tests.browser import Browser, browser
from tests.central.books import cancelling, integrate, let_in, received, recorded, registering
from tests.central.certificates import Root
from tests.central.channels import Bot, serving
from tests.central.databases import Centre
from tests.central.gateways import (
    Counter,
    Gateway,
    Response,
    enrolled,
    fetched,
    gateway,
    until,
    wall_ms,
)
from tests.program import called
from tests.simulation.story import POISON, payment
from tests.store.office import OFFICE, SURESH

PASSWORD = "पूरा प्रदेश-42"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def let_look(centre: Centre, code: str, password: str = PASSWORD, *words: str) -> None:
    done = called(
        "central", "viewer", "--database", centre.url, "--code", code, *words, typed=password + "\n"
    )
    assert done.returncode == 0, done.stdout + done.stderr


def tried(address: str, code: str, password: str, language: str = "en") -> Response:
    """Code and password, as the form sends them."""
    body = urlencode({"code": code, "password": password}).encode()
    return fetched(address, "POST", f"/overview/sign-in?language={language}", body, FORM)


def kept_by_browser(response: Response) -> dict[str, str]:
    return {"Cookie": str(response.headers["Set-Cookie"]).split(";")[0]}


def read(address: str, path: str, cookie: dict[str, str]) -> str:
    """A page's text, as somebody who has signed in gets it."""
    answer = fetched(address, "GET", path, headers=cookie)
    assert answer.status == 200
    return unescape(re.sub(r"<[^>]*>", " ", answer.data.decode()))


@pytest.fixture
def looking(centre: Centre, running: Gateway) -> dict[str, str]:
    """What the browser of somebody keeps who has signed in."""
    let_look(centre, "GM1")
    return kept_by_browser(tried(running.address, "gm1", PASSWORD))


def settled(centre: Centre, gateway: Gateway, *counters: Counter) -> None:
    for one in counters:
        one.send(gateway.address)
    until(lambda: centre.count(arrivals) == 0)


# -- who may look ----------------------------------------------------------------------------------


def test_who_has_not_signed_in_sees_nothing(centre: Centre, running: Gateway) -> None:
    counter = enrolled(centre, running.address, office="2299")
    settled(centre, running, counter)
    for path in ("/overview", "/overview/office/2299"):
        for cookie in ({}, {"Cookie": "overview=made-up"}, {"Cookie": "overview=" + "x" * 4000}):
            answer = fetched(running.address, "GET", path, headers=cookie)
            assert b'type="password"' in answer.data
            assert b"2299" not in answer.data


def test_signing_in_lasts_a_working_day_and_ends_when_it_is_told_to(
    centre: Centre, running: Gateway, looking: dict[str, str]
) -> None:
    def signed_in() -> bool:
        return b'type="password"' not in fetched(running.address, "GET", "/overview", headers=looking).data

    assert signed_in()
    said = tried(running.address, "GM1", PASSWORD)
    assert said.status == 303
    kept = said.headers["Set-Cookie"].lower()
    for word in ("httponly", "samesite=strict", "path=/overview", "max-age=28800"):
        assert word in kept
    assert "secure" not in kept, "this line has no TLS; the browser would not send it"
    fetched(running.address, "POST", "/overview/sign-out", headers=kept_by_browser(said))
    again = fetched(running.address, "GET", "/overview", headers=kept_by_browser(said))
    assert b'type="password"' in again.data
    assert signed_in(), "the other one is still there"
    over = update(viewings).values(until_ms=wall_ms() - 1)
    retried(centre.store, lambda transaction: transaction.do(over, {}))
    assert not signed_in()


@pytest.mark.parametrize("gone", [False, True])
def test_another_password_or_none_ends_what_was_signed_in(
    centre: Centre, running: Gateway, looking: dict[str, str], gone: bool
) -> None:
    let_look(centre, "GM1", "नया शब्द-77", *(["--gone"] if gone else []))
    assert b'type="password"' in fetched(running.address, "GET", "/overview", headers=looking).data
    assert tried(running.address, "GM1", PASSWORD).status == 401
    assert tried(running.address, "GM1", "").status == 401
    assert tried(running.address, "GM1", "नया शब्द-77").status == (401 if gone else 303)


def test_a_common_password_and_an_odd_code_are_not_taken(centre: Centre) -> None:
    for code, password in (("GM1", "12345678"), ("G M", PASSWORD), ("", PASSWORD)):
        words = ("--database", centre.url, "--code", code)
        assert called("central", "viewer", *words, typed=password + "\n").returncode == 3


def test_who_guesses_has_to_wait(centre: Centre, running: Gateway) -> None:
    for code in ("GM1", "GM2"):
        let_look(centre, code)
    for _ in range(5):
        wrong = tried(running.address, "GM1", "पूरा प्रदेश-43")
        assert wrong.status == 401
        assert b"Code or password is not right." in wrong.data
    waits = tried(running.address, " gm1", PASSWORD, "hi")
    assert waits.status == 429
    assert int(waits.headers["Retry-After"]) > 60
    assert "Set-Cookie" not in waits.headers
    assert tried(running.address, "GM2", PASSWORD).status == 303, "nobody else waits for that"
    tries = [tried(running.address, f"X{number}", "").status for number in range(40)]
    assert 429 in tries, "nor can one machine try all codes"


def test_what_no_browser_sends(running: Gateway) -> None:
    for body in (b"\xff\xfe=%ff", b"&" * 20_000, b"code=" + b"9" * 7000, b"code=%00&password=%00"):
        answer = fetched(running.address, "POST", "/overview/sign-in", body, FORM)
        assert answer.status in {400, 401}
    for method in ("POST", "PUT", "DELETE"):
        assert fetched(running.address, method, "/overview").status == 405, "it is only looked at"


def test_every_answer_forbids_scripts_frames_and_keeping(running: Gateway, looking: dict[str, str]) -> None:
    for path in ("/overview", "/overview/office/none", "/overview/look.css", "/overview/font/bold"):
        answer = fetched(running.address, "GET", path, headers=looking)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "script" not in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        if "/font/" not in path:
            assert answer.headers["Cache-Control"] == "no-store"


def test_over_tls_the_browser_keeps_it_for_tls_alone(centre: Centre, tmp_path: Path) -> None:
    root = Root()
    let_look(centre, "GM1")
    with gateway(centre.url, *root.serving(tmp_path, -1, 1)) as running:
        line = HTTPSConnection("127.0.0.1", running.port, context=create_default_context(cadata=root.pem))
        body = urlencode({"code": "GM1", "password": PASSWORD})
        line.request("POST", "/overview/sign-in", body, FORM)
        answer = line.getresponse()
        line.close()
        assert (answer.status, "secure" in answer.headers["Set-Cookie"].lower()) == (303, True)


# -- what stands there -----------------------------------------------------------------------------


def taken_in(store: Database, made: list[Entry]) -> tuple[dict[Hour, Sums], dict[str, Sums]]:
    received(store, made)
    integrate(store)
    day = business_day(from_millis(made[-1].header.wall_ms))
    return retried(store, lambda t: (by_hour(t, day), by_office(t, day)))


@pytest.mark.parametrize("backwards", [False, True])
def test_hours_count_what_counts_whatever_comes_first(store: Database, backwards: bool) -> None:
    one, other = let_in(store, "2214", 1), let_in(store, "2214", 2)
    taken = one.pay(2, amount=300_00)
    complained = recorded(one, registering(one, SURESH.number))
    last = taken[-1]
    cancels = [recorded(one, cancelling(last, serial)) for serial in (1, 2)]
    seconds = [taken, [complained], cancels, other.pay(1, amount=200_00)]
    for made in reversed(seconds) if backwards else seconds:
        hours, offices = taken_in(store, made)
    wanted = Sums(receipts=2, collected=500_00, complaints=1)
    assert offices == {"2214": wanted}
    total = Sums()
    for hour, sums in hours.items():
        assert not hour.channels
        assert abs(hour.hour - in_india(from_millis(last.header.wall_ms)).hour) <= 1
        total = total.and_(sums)
    assert total == wanted


def test_an_amount_or_a_clock_beyond_belief_keeps_no_other_out(store: Database) -> None:
    counter = let_in(store, "2214", 1)
    node, taken = counter.node, counter.pay(3, amount=100_00)
    for serial, one in enumerate(taken[1:], 1):
        recorded(counter, replace(cancelling(one, serial), amount=1 << 61))
    paid = payload_bytes(payment(node, node.next_serial(), "N2204500003", 300_00, from_millis(wall_ms())))
    node.write(Kind.PAYMENT_TAKEN, 1, paid, 300_00, 1 << 52)
    counter.pay(1, amount=200_00)
    _, offices = taken_in(store, list(node.disk.own().values()))
    assert offices == {"2214": Sums(receipts=4, collected=500_00)}


def test_offices_counters_and_what_has_to_be_looked_at(
    centre: Centre, running: Gateway, looking: dict[str, str]
) -> None:
    well, ill = (enrolled(centre, running.address, office=office) for office in ("2214", "2299"))
    well.pay(3, amount=1_234_00)
    kind, version, poison = POISON[0]
    ill.record(kind, poison, version=version)
    ill.record(Kind.COMPLAINT_REGISTERED, payload_bytes(registering(ill, SURESH.number)))
    settled(centre, running, well, ill)
    ill.say(running.address, replace(ill.hello(), entries=99, oldest_ms=wall_ms() - 3 * 3_600_000))
    page = read(running.address, "/overview?language=en", looking)
    for text in ("₹3,702", "3 receipts", "Look here", "3 h 0 m", "▲ 1"):
        assert text in page
    assert page.index("2299") < page.index("2214"), "what has to be looked at comes first"
    ill.say(running.address, replace(ill.hello(), office="2215", counter=7))
    one = read(running.address, "/overview/office/2299?language=en", looking)
    assert "It says that it is counter 7 of office 2215" in one
    hindi = read(running.address, "/overview/office/2299?language=hi", looking)
    assert "कार्यालय 2215 का काउंटर 7" in hindi
    assert fetched(running.address, "GET", "/overview/office/9999", headers=looking).status == 404
    for told in (page, one, hindi):
        assert SURESH.number not in told
        assert "शिव मंदिर" not in told


def test_what_channels_take_is_told_apart(centre: Centre, tmp_path: Path) -> None:
    let_look(centre, "GM1")
    with serving(centre, tmp_path) as (running, bot):
        assert bot.payment().status == 201
        assert bot.complaint().status == 201
        until(lambda: centre.count(arrivals) == 0)
        cookie = kept_by_browser(tried(running.address, "GM1", PASSWORD))
        page = read(running.address, "/overview?language=en", cookie)
        assert "1 receipts, in channels ₹640" in page
        assert "in channels 1" in page
        assert OFFICE.name_en in page
        for secret in (SURESH.number, SURESH.mobile, SURESH.name_en, bot.secret):
            assert secret not in page


# -- in a browser ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as made:
        yield made


def test_somebody_signs_in_with_keys_and_looks(
    centre: Centre, channel: tuple[Gateway, Bot], chromium: Browser, tmp_path: Path
) -> None:
    running, bot = channel
    let_look(centre, "GM1")
    counters = [enrolled(centre, running.address, office, 1) for office in ("2214", "2215", "2299")]
    for number, one in enumerate(counters, 1):
        one.pay(number, amount=number * 1_500_00)
    settled(centre, running, *counters)
    assert bot.payment().status == 201
    assert bot.complaint().status == 201
    chromium.open(f"{running.address}/overview")
    for text, key in (("GM1", "Tab"), (PASSWORD, "Enter")):
        chromium.type(text)
        chromium.press(key)
    chromium.loaded()
    for language, words in (("hi", ("आज की वसूली", OFFICE.name_hi)), ("en", ("Collected today", "₹21,640"))):
        chromium.open(f"{running.address}/overview?language={language}")
        assert chromium.faults() == []
        for text in words:
            assert text in chromium.text()
        assert chromium.said("document.fonts.check('14px CounterSans') && document.fonts.size") == 2
        assert chromium.said("document.querySelectorAll('figure rect.lower').length") >= 1
        assert chromium.said("document.documentElement.scrollWidth") <= 1366, "nothing is cut off"
        chromium.picture(tmp_path / f"{language}.png")
        assert (tmp_path / f"{language}.png").stat().st_size > 20_000
    chromium.said("document.querySelector('tbody a').click()")
    chromium.loaded()
    assert "All offices" in chromium.text()
    assert chromium.faults() == []
