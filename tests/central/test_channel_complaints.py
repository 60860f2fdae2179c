"""Complaints that channels register live the same life as those of the windows, and both see each step."""

from pathlib import Path
from uuid import uuid4

from counter_app.central.tables import complaints, held
from counter_app.domain.channel import Channel
from counter_app.domain.complaint import CentralNumberNoted, ComplaintRegistered, ComplaintStep, Stage
from counter_app.domain.entry import Entry
from counter_app.domain.numbering import Number, Series, hash_letters
from counter_app.store.finds import complaint as found_complaint
from counter_app.store.finds import complaints_of
from counter_app.wire.payloads import decode
from tests.central.books import feed
from tests.central.channels import THERE, Bot, refused, shut
from tests.central.databases import Centre
from tests.central.gateways import Gateway
from tests.central.windows import Window
from tests.store.office import PERSON, SURESH, register
from tests.sync.steps import clock


def test_a_complaint_of_a_channel_lives_at_the_window(
    centre: Centre, channel: tuple[Gateway, Bot], tmp_path: Path
) -> None:
    running, bot = channel
    made = bot.complaint()
    assert made.status == 201
    number = str(made.json()["number"])
    assert number.startswith("2214-92-C00001-")
    window = Window(centre, running, tmp_path)
    window.linked()
    with window.book.reading() as connection:
        (row,) = complaints_of(connection, SURESH.number, ())
    assert (str(row.number), row.registered.mobile, row.state.stage) == (
        number, SURESH.mobile, Stage.REGISTERED,
    )  # fmt: skip
    for stage in (Stage.ASSIGNED, Stage.ATTENDED):
        with window.book.writing() as page:
            now = found_complaint(page.connection, row.act)
            assert now is not None
            step = ComplaintStep(row.act, stage, clock(), "R02", "उमेश", seen=now.state.seen)
            page.record(step, act=uuid4(), person=PERSON, at=clock())
    window.linked()
    said = bot.get(f"/complaints/{number}").json()
    assert (said["stage"], said["open"]) == ("attended", True)
    assert [step["stage"] for step in said["steps"]] == ["assigned", "attended"]
    assert "उमेश" not in str(said), "what is noted is the office's own"
    window.end()
    assert centre.count(held) == 0


def test_the_number_that_1912_gives_joins_the_record_of_a_window(
    centre: Centre, channel: tuple[Gateway, Bot], tmp_path: Path
) -> None:
    running, bot = channel
    window = Window(centre, running, tmp_path)
    with window.book.writing() as page:
        made = register(page)
        registered = decode(40, 1, made.entry.payload)
        assert isinstance(registered, ComplaintRegistered)
    window.linked()
    number = Number(Series.COMPLAINT, "2214", 2, registered.serial, made.letters)
    assert bot.get(f"/complaints/{number}").json()["central_number"] is None
    for _ in range(2):
        said = bot.put(f"/complaints/{number}/central-number", {"number": "2026031200417"})
        assert (said.status, said.json()["central_number"]) == (200, "2026031200417")
    window.linked()
    with window.book.reading() as connection:
        row = found_complaint(connection, made.entry.header.act)
        assert row is not None
        assert row.central_number == "2026031200417"
        assert len([one for one in row.events if isinstance(one.said, CentralNumberNoted)]) == 1
    window.end()


def test_1912_registers_with_its_own_number_at_once(bot: Bot) -> None:
    made = bot.complaint(type="SUP-04", consumer=SURESH.number, central_number="2026031200418")
    said = bot.get(f"/complaints/{made.json()['number']}").json()
    assert said["central_number"] == "2026031200418"


def test_danger_needs_a_place_and_no_consumer(centre: Centre, bot: Bot) -> None:
    made = bot.complaint(type="SAF-02", office="2215", landmark="पुराना बस स्टैंड", answers={"pole": "P17"})
    assert made.status == 201
    said = made.json()
    assert (said["danger"], said["office"]) == (True, "2215")
    entry = [one for one in feed(centre.store, "2215") if isinstance(one, Entry)][-1]
    payload = decode(entry.header.kind, entry.header.kind_version, entry.payload)
    assert isinstance(payload, ComplaintRegistered)
    assert (payload.consumer, payload.pole, payload.clerk) == ("", "P17", str(Channel.WHATSAPP))
    assert str(said["number"]).endswith(hash_letters(entry.hash))
    assert not [one for one in feed(centre.store, "2214") if isinstance(one, Entry)], "nobody else hears"


def test_of_who_reports_theft_nothing_is_kept(centre: Centre, bot: Bot) -> None:
    said = {"type": "THF-01", "office": "2214", "mobile": SURESH.mobile, "landmark": "मिल के पीछे"}
    assert bot.complaint(**said).status == 201
    entry = [one for one in feed(centre.store, "2214") if isinstance(one, Entry)][-1]
    payload = decode(entry.header.kind, entry.header.kind_version, entry.payload)
    assert isinstance(payload, ComplaintRegistered)
    assert (payload.consumer, payload.mobile) == ("", "")


UNFIT: list[tuple[object, int, str]] = [
    ({"type": "ZZZ-99", "consumer": SURESH.number}, 422, "ComplaintTypeUnknown"),
    ({"type": "SUP-04", "office": "2214", "landmark": "here"}, 422, "NumberIncomplete"),
    ({"type": "SUP-04", "consumer": "N2299999999"}, 404, "ConsumerUnknown"),
    ({"type": "SAF-02", "office": "2214"}, 422, "PlaceMissing"),
    ({"type": "SAF-02", "landmark": "here"}, 422, "PlaceMissing"),
    ({"type": "SAF-02", "office": "9999", "landmark": "here"}, 404, "OfficeNotOpen"),
    ({"type": "SUP-04", "consumer": SURESH.number, "mobile": "12"}, 422, "MobileWrong"),
    ({"type": "SUP-04", "consumer": SURESH.number, "note": "4111 1111 1111 1111"}, 422, "CardNumberTyped"),
    ({"type": "SUP-04", "consumer": SURESH.number, "name": "x"}, 422, "RequestUnfit"),
    ({"type": "SUP-04", "consumer": SURESH.number, "central_number": "?"}, 422, "CentralNumberWrong"),
    ([], 422, "RequestUnfit"),
]


def test_what_does_not_fit_is_refused_and_nothing_is_recorded(centre: Centre, bot: Bot) -> None:
    for said, status, refusal in UNFIT:
        assert refused(bot.post("/complaints", said)) == (status, refusal), said
    assert centre.count(complaints) == 0
    assert str(bot.complaint().json()["number"]).startswith("2214-92-C00001-"), "no number is lost"


def test_a_number_is_whole_or_leads_to_nothing(centre: Centre, bot: Bot) -> None:
    number = str(bot.complaint().json()["number"])
    other = "KKK" if not number.endswith("KKK") else "MMM"
    for asked in (number[:-4], f"{number[:-3]}{other}", "C1", "2214-92-000001-ABC", "%00", "🙂"):
        assert refused(bot.get(f"/complaints/{quoted(asked)}")) == (404, "ComplaintUnknown")


def quoted(text: str) -> str:
    return "".join(f"%{one:02X}" for one in text.encode())


def test_an_office_that_is_closed_again_takes_no_complaint(centre: Centre, bot: Bot) -> None:
    shut(centre, THERE)
    said = {"type": "SAF-02", "office": "2215", "landmark": "here"}
    assert refused(bot.complaint(**said)) == (404, "OfficeNotOpen")
