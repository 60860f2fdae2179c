"""Messages to consumers over real HTTP: each is told once unless somebody is killed, and what became of it is
known.
"""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from counter_app.central.database import retried
from counter_app.central.sending import outbox
from counter_app.central.sending.outbox import LEASE_MS, TOLD_WITHIN_MS
from counter_app.central.sending.provider import Provider, read_provider
from counter_app.central.sending.rounds import FIRST_PAUSE_MS, Sender
from counter_app.desk import messages
from counter_app.desk.desk import Desk
from counter_app.desk.messages import Message
from counter_app.desk.rules import load_rules
from counter_app.domain.central_refusals import MessageFileUnfit
from counter_app.domain.complaint import ComplaintRegistered, ComplaintStep, OutageTold, Seen, Stage
from counter_app.domain.people import Session
from counter_app.store import people
from counter_app.wire.payloads import Payload
from counter_app.words.say import Language
from tests.central.channels import Bot
from tests.central.databases import Centre
from tests.central.gateways import Gateway, centre_command, until, wall_ms
from tests.central.windows import Window
from tests.desk.small_office import CLERK
from tests.program import Program
from tests.store.office import PERSON, SURESH
from tests.sync.steps import clock
from tests.verify.journals import COMPLAINT

MOBILE = "9826011111"
Answer = tuple[int, dict[str, str]]
TAKEN: Answer = (202, {})


@dataclass
class Provided:
    """The company's provider: what it got, and what it answers, in their order (then it takes all)."""

    address: str
    answers: list[Answer] = field(default_factory=list)
    got: list[tuple[dict[str, str], Any]] = field(default_factory=list)
    reached: threading.Event = field(default_factory=threading.Event)
    may_answer: threading.Event = field(default_factory=threading.Event)

    @property
    def keys(self) -> list[str]:
        return [headers["Idempotency-Key"] for headers, _ in self.got]

    @property
    def texts(self) -> dict[str, str]:
        return {body["to"]: body["message"] for _, body in self.got}


@pytest.fixture
def provider() -> Iterator[Provided]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            made.got.append((dict(self.headers), body))
            status, headers = made.answers.pop(0) if made.answers else TAKEN
            made.reached.set()
            made.may_answer.wait()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made = Provided(f"http://127.0.0.1:{server.server_address[1]}/send")
    made.may_answer.set()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield made
    made.may_answer.set()
    server.shutdown()
    thread.join()
    server.server_close()


def described(provider: Provided) -> Provider:
    fields = {"to": "91{mobile}", "message": "{text}", "id": "{key}"}
    return Provider(
        provider.address, fields, {"Authorization": "secret"}, language=Language.ENGLISH, per_minute=6000
    )


def provider_file(folder: Path, provider: Provided) -> str:
    """The file that ``central send`` is given."""
    file = folder / "messages.toml"
    file.write_text(
        f'url = "{provider.address}"\nper_minute = 6000\n[fields]\nto = "{{mobile}}"\nmessage = "{{text}}"\n'
    )
    return str(file)


def sent_by(centre: Centre, provider: Provided, later_ms: int = 0) -> dict[str, int]:
    """A round, so much later; what became of all messages."""
    Sender(centre.store, described(provider), lambda: wall_ms() + later_ms).round()
    return retried(centre.store, outbox.counts)


@contextmanager
def window_of(centre: Centre, running: Gateway, folder: Path) -> Iterator[Window]:
    window = Window(centre, running, folder)
    yield window
    window.end()


def said_at(window: Window, said: Payload, act: UUID | None = None) -> UUID:
    """Something that is recorded at the window."""
    made = act or uuid4()
    with window.book.writing() as page:
        page.record(said, act=made, person=PERSON, at=clock())
    return made


def registered(serial: int, **changed: Any) -> ComplaintRegistered:
    usual = {"serial": serial, "type": "SUP-04", "mobile": MOBILE, "registered_at": clock(), "consumer": ""}
    return replace(COMPLAINT, **(usual | changed))


def step(complaint: UUID, stage: Stage, seen: Sequence[UUID] = (), **changed: Any) -> ComplaintStep:
    made = ComplaintStep(complaint, stage, clock(), "R02", seen=tuple(Seen(act) for act in seen))
    return replace(made, **changed)


def prepared(window: Window, acts: Sequence[UUID]) -> list[Message]:
    """What the desk of a window says of complaints."""
    desk = Desk(window.book, load_rules(), window.book.office)
    with window.book.writing() as page:
        people.put_person(page, CLERK, "never signs in")
    return [messages.prepare(desk, Session(CLERK, None), act, clock())[0] for act in acts]


def test_a_registration_is_told_once_with_its_number(
    centre: Centre, channel: tuple[Gateway, Bot], provider: Provided
) -> None:
    _, bot = channel
    assert bot.complaint().status == 201, "before the first start: not told"
    assert sent_by(centre, provider)["sent"] == 0
    number = str(bot.complaint().json()["number"])
    assert sent_by(centre, provider) == {"waiting": 0, "sent": 1, "refused": 0, "given up": 0}
    assert sent_by(centre, provider)["sent"] == 1
    ((headers, body),) = provider.got
    assert (body["to"], headers["Authorization"], body["id"]) == (
        f"91{SURESH.mobile}", "secret", headers["Idempotency-Key"],
    )  # fmt: skip
    assert f"{number.rsplit('-', 1)[0]}, No supply, one house: registered." in body["message"]
    assert centre_command("status", "--database", centre.url)["messages"]["sent"] == 1


def test_the_end_of_an_outage_is_told_to_all_who_are_still_part_of_it(
    centre: Centre, channel: tuple[Gateway, Bot], provider: Provided, tmp_path: Path
) -> None:
    sent_by(centre, provider)
    with window_of(centre, channel[0], tmp_path) as window:
        whole = said_at(window, registered(1, type="SUP-01", mobile=""))
        parts = [
            said_at(window, registered(number, mobile=f"982601111{number}", joined=whole, ends=True))
            for number in (2, 3)
        ]
        late = said_at(window, registered(4, mobile="9826011114"))
        said_at(window, step(late, Stage.MERGED, into=whole, ends=True))
        alone = said_at(window, step(parts[1], Stage.REOPENED))
        window.linked()
        assert sent_by(centre, provider)["sent"] == 3
        provider.got.clear()
        expected = clock() + timedelta(hours=2)
        said_at(window, OutageTold(whole, "जम्पर टूटा", expected, clock(), "R02"))
        window.linked()
        sent_by(centre, provider)
        assert provider.texts.keys() == {"919826011112", "919826011114"}
        assert all("Cause: जम्पर टूटा. Supply is expected by " in text for text in provider.texts.values())
        provider.got.clear()
        done = said_at(window, step(whole, Stage.ATTENDED))
        window.linked()
        sent_by(centre, provider)
        assert provider.texts.keys() == {"919826011112", "919826011114"}
        assert all(": complaint closed. Supply is back since " in text for text in provider.texts.values())
        assert len({*provider.keys, str(done), str(alone)}) == 4


def test_who_was_part_of_an_outage_before_the_first_start_is_told_of_its_end(
    centre: Centre, channel: tuple[Gateway, Bot], provider: Provided, tmp_path: Path
) -> None:
    with window_of(centre, channel[0], tmp_path) as window:
        whole = said_at(window, registered(1, type="SUP-01", mobile=""))
        said_at(window, registered(2, mobile="9826011112", joined=whole, ends=True))
        late = said_at(window, registered(3, mobile="9826011113"))
        said_at(window, step(late, Stage.MERGED, into=whole, ends=True))
        window.linked()
        assert sent_by(centre, provider)["sent"] == 0
        said_at(window, step(whole, Stage.ATTENDED))
        window.linked()
        sent_by(centre, provider)
    assert provider.texts.keys() == {"919826011112", "919826011113"}


def test_the_centre_says_of_a_part_what_the_window_says_and_no_news_twice(
    centre: Centre, channel: tuple[Gateway, Bot], provider: Provided, tmp_path: Path
) -> None:
    """An outage within an outage, a part that was attended alone, and one of an outage that was none."""
    sent_by(centre, provider)
    with window_of(centre, channel[0], tmp_path) as window:
        acts = [uuid4() for _ in range(6)]
        oldest, newer, none, deep, alone, free = acts
        said_at(window, registered(1, type="SUP-01", mobile="9826011101"), oldest)
        said_at(window, registered(2, type="SUP-01", mobile="9826011102", joined=oldest, ends=True), newer)
        said_at(window, registered(3, type="SUP-01", mobile="9826011103"), none)
        said_at(window, registered(4, mobile="9826011104", joined=newer, ends=True), deep)
        said_at(window, registered(5, mobile="9826011105", joined=oldest, ends=True), alone)
        said_at(window, registered(6, mobile="9826011106", joined=none, ends=True), free)
        window.linked()

        def told(*whom: int) -> None:
            """The window and the centre say the same; the centre says it to these."""
            provider.got.clear()
            window.linked()
            sent_by(centre, provider)
            assert sorted(provider.texts) == [f"91982601110{one}" for one in whom]
            for message in prepared(window, acts):
                if (text := provider.texts.get(f"91{message.mobile}")) is not None:
                    assert text == message.texts[Language.ENGLISH]

        sent_by(centre, provider)
        expected = clock() + timedelta(hours=2)
        said_at(window, OutageTold(oldest, "जम्पर टूटा", expected, clock(), "R02"))
        told(1, 2, 4, 5)
        said_at(window, OutageTold(none, "कुछ नहीं", None, clock(), "R02"))
        told(3, 6)
        said_at(window, step(none, Stage.WITHDRAWN))
        said_at(window, step(free, Stage.ATTENDED))
        told(6)
        assert "Supply is back" not in provider.texts["919826011106"]
        done = said_at(window, step(alone, Stage.ATTENDED))
        told(5)
        assert "Supply is back" not in provider.texts["919826011105"]
        attended = said_at(window, step(oldest, Stage.ATTENDED))
        said_at(window, OutageTold(oldest, "तार टूटा", expected, clock(), "R02"))
        told(1, 2, 4)
        assert "Supply is back since " in provider.texts["919826011104"]
        said_at(window, step(alone, Stage.CLOSED, [done]))
        said_at(window, step(oldest, Stage.CLOSED, [attended]))
        told(1, 5)


def test_nobody_is_told_of_what_is_erased_anonymous_or_confidential_or_old(
    centre: Centre, channel: tuple[Gateway, Bot], provider: Provided, tmp_path: Path
) -> None:
    sent_by(centre, provider)
    with window_of(centre, channel[0], tmp_path) as window:
        said_at(window, registered(1, type="STF-01"))
        said_at(window, registered(2, type="THF-01"))
        said_at(window, registered(3, mobile=""))
        said_at(window, registered(4, registered_at=_ago(TOLD_WITHIN_MS + 60_000)))
        window.linked()
        assert sent_by(centre, provider) == {"waiting": 0, "sent": 0, "refused": 0, "given up": 3}
    assert provider.got == []


def test_what_the_provider_cannot_take_now_is_tried_again_and_what_it_refuses_is_not(
    centre: Centre, channel: tuple[Gateway, Bot], provider: Provided
) -> None:
    sent_by(centre, provider)
    channel[1].complaint()
    provider.answers += [(503, {"Retry-After": "600"}), (401, {}), (400, {})]
    assert sent_by(centre, provider)["waiting"] == 1
    assert sent_by(centre, provider, 10 * FIRST_PAUSE_MS)["waiting"] == 1
    assert len(provider.got) == 1, "it asked to be left alone for ten minutes"
    assert sent_by(centre, provider, 30 * FIRST_PAUSE_MS)["waiting"] == 1
    assert sent_by(centre, provider, 90 * FIRST_PAUSE_MS) == {
        "waiting": 0, "sent": 0, "refused": 1, "given up": 0,
    }  # fmt: skip
    assert len(provider.got) == 3
    assert len({*provider.keys}) == 1
    sent_by(centre, provider, TOLD_WITHIN_MS)
    assert len(provider.got) == 3


def test_a_provider_that_never_answers_is_given_up_after_a_day(
    centre: Centre, channel: tuple[Gateway, Bot]
) -> None:
    silent = Provided("http://127.0.0.1:1/send")
    sent_by(centre, silent)
    channel[1].complaint()
    assert sent_by(centre, silent)["waiting"] == 1
    assert sent_by(centre, silent, TOLD_WITHIN_MS + 60_000)["given up"] == 1


def test_who_is_killed_between_the_answer_and_its_note_sends_again_under_the_same_key(
    centre: Centre, channel: tuple[Gateway, Bot], provider: Provided, tmp_path: Path
) -> None:
    file = provider_file(tmp_path, provider)
    sent_by(centre, provider)
    channel[1].complaint()
    provider.may_answer.clear()
    program = Program("central", "send", "--database", centre.url, "--messages", file)
    assert provider.reached.wait(60)
    program.kill()
    program.ended()
    provider.may_answer.set()
    assert retried(centre.store, outbox.counts)["waiting"] == 1
    assert sent_by(centre, provider)["waiting"] == 1, "somebody else may be about it"
    assert sent_by(centre, provider, LEASE_MS + 1000)["sent"] == 1
    assert len(provider.got) == 2
    assert len({*provider.keys}) == 1


def test_the_command_goes_on_until_it_is_told_to_end(
    centre: Centre, channel: tuple[Gateway, Bot], provider: Provided, tmp_path: Path
) -> None:
    file = provider_file(tmp_path, provider)
    sent_by(centre, provider)
    program = Program("central", "send", "--database", centre.url, "--messages", file)
    assert program.output.readline() == "sending\n"
    channel[1].complaint()
    until(lambda: retried(centre.store, outbox.counts)["sent"] == 1)
    program.terminate()
    ended = program.ended()
    assert ended.returncode == 0
    assert SURESH.mobile not in ended.stderr
    ((_, body),) = provider.got
    assert body["to"] == SURESH.mobile


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('url = "http://sms.example/send"\n[fields]\na = "{mobile}{text}"\n', "url is no https address"),
        ('url = "https://sms.example/send"\n[fields]\na = "{text}"\n', "no field has {mobile}"),
        ('url = "https://sms.example/send"\nper_minute = 0\n[fields]\na = "{mobile}{text}"\n', "per_minute"),
        ('url = "https://sms.example/send"\nretries = 3\n[fields]\na = "{mobile}{text}"\n', "retries"),
        ('url = "https://[bad"\n[fields]\na = "{mobile}{text}"\n', "url is no https address"),
        (
            'url = "https://sms.example/send"\n[headers]\na = "b\\nc"\n[fields]\na = "{mobile}{text}"\n',
            "a header has other letters",
        ),
        ("url = \n", "Invalid value"),
    ],
)
def test_a_file_that_describes_no_provider_is_refused(tmp_path: Path, text: str, why: str) -> None:
    file = tmp_path / "messages.toml"
    file.write_text(text)
    with pytest.raises(MessageFileUnfit) as refusal:
        read_provider(file)
    assert why in refusal.value.why


def _ago(ms: int) -> datetime:
    return clock() - timedelta(milliseconds=ms)
