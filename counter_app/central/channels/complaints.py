"""Complaints of the channels: registered like at a window, and told from the same books."""

import re
from dataclasses import replace
from uuid import UUID, uuid5

from counter_app.central.channels import lives, shapes
from counter_app.central.channels.accounts import proven_account, served
from counter_app.central.channels.asking import Asked, Said
from counter_app.central.channels.lives import Life, standing
from counter_app.central.channels.pens import take_turn
from counter_app.central.channels.places import placed
from counter_app.domain.catalogue import ComplaintType
from counter_app.domain.complaint import Answered, CentralNumberNoted, ComplaintRegistered
from counter_app.domain.complaint_refusals import CentralNumberWrong
from counter_app.domain.consumer import Consumer, mobile
from counter_app.domain.days import business_day
from counter_app.domain.numbering import Series, read_number
from counter_app.domain.refusals import ComplaintUnknown, NumberIncomplete, PlaceMissing
from counter_app.domain.service_level import Ladder, limit_of
from counter_app.domain.text import clean_text

LONGEST_LANDMARK, LONGEST_NOTE, LONGEST_ANSWER = 120, 240, 80
PLACES = frozenset({"feeder", "dtr", "pole"})
_CENTRAL = re.compile("[0-9A-Za-z][0-9A-Za-z/-]{3,39}")


def types(asked: Asked) -> list[shapes.ComplaintType]:
    """What people complain about today."""
    catalogue = asked.rules.catalogue(business_day(asked.at)).complaints
    groups = {group.key: group.name_en for group in catalogue.groups}
    return [
        shapes.ComplaintType(
            code=one.code, group=groups[one.group], hi=one.name_hi, en=one.name_en, words=list(one.words),
            needs_consumer=one.needs_consumer, anonymous=one.anonymous, danger=one.dangerous,
            questions=[
                shapes.Question(key=asks.key, hi=asks.name_hi, en=asks.name_en, answer=str(asks.answer))
                for asks in one.questions
            ],
        )
        for one in catalogue.types
    ]  # fmt: skip


def register(asked: Asked, said: Said, new: shapes.NewComplaint) -> shapes.Registered:
    """Register a complaint; the same request again tells what stands."""
    act = asked.act(said)
    if asked.came_before(said):
        return registered(_known(asked, act, said.request))
    kind = _kind(asked, new.type)
    who = served(asked, new.consumer) if new.consumer else None
    consumer, home = who or (None, new.office or "")
    if kind.anonymous:
        consumer = None
    if kind.needs_consumer and consumer is None:
        raise NumberIncomplete(0)
    if not home:
        raise PlaceMissing
    made = _made(asked, new, kind, consumer, home)
    central = _central(new.central_number) if new.central_number else ""
    asked.note(said)
    pen = asked.pen(home)
    made = replace(made, serial=pen.serial(Series.COMPLAINT))
    entry = pen.write(made, act)
    if central:
        pen.write(CentralNumberNoted(act, central, asked.at, str(asked.channel)), uuid5(act, "1912"))
    pen.put_down()
    return registered(lives.life_of(entry))


def status(asked: Asked, number: str) -> shapes.Complaint:
    """Where the complaint of a whole number stands. ``ComplaintUnknown``."""
    return told(asked, _reached(asked, number))


def of_consumer(asked: Asked, number: str, proof: str) -> list[shapes.Complaint]:
    """A consumer's complaints, the newest first."""
    consumer = proven_account(asked, number, proof).consumer.number
    found = lives.of_consumer(asked.transaction, consumer)
    found.sort(key=lambda one: (one.registered.registered_at, one.act), reverse=True)
    return [told(asked, life) for life in found]


def note_central_number(asked: Asked, number: str, central: str) -> shapes.Complaint:
    """1912 has given a complaint a number. The same one again changes nothing."""
    life = _reached(asked, number)
    given = _central(central)
    asked.wrote = True
    take_turn(asked.transaction, life.registered.office)
    life = _reached(asked, number)
    if life.central_number != given:
        at = life.behind(asked.at)
        pen = asked.pen(life.registered.office)
        said = f"{life.central_number}\n{given}\n{len(life.events)}"
        pen.write(CentralNumberNoted(life.act, given, at, str(asked.channel)), uuid5(life.act, said))
        pen.put_down()
        asked.ledger.write()
    return told(asked, _reached(asked, number))


def registered(life: Life) -> shapes.Registered:
    """What never changes about a complaint."""
    made = life.registered
    return shapes.Registered(
        number=str(life.number), type=made.type, office=made.office, registered_at=made.registered_at,
        due_at=made.due_at, danger=made.priority == 1,
        limits=_limits(made.ladder),
    )  # fmt: skip


def told(asked: Asked, life: Life) -> shapes.Complaint:
    """Where a complaint stands; nothing in it is of a person."""
    stands = standing(asked.transaction, life)
    state, cause = stands.state, stands.told
    return shapes.Complaint(
        **registered(life).model_dump(exclude={"due_at", "limits"}),
        due_at=state.due_at, limits=_limits(state.ladder),
        stage=state.stage, since=state.since, open=state.open, reopened=state.reopened,
        at_office=state.office or life.registered.office,
        central_number=life.central_number or None,
        expected_at=cause.expected_at if cause else None,
        steps=[shapes.Step(stage=step.stage, at=step.at) for step in state.steps],
    )  # fmt: skip


def _limits(ladder: Ladder) -> list[shapes.Limit]:
    return [shapes.Limit(level=str(due.level), due_at=due.due_at) for due in ladder]


def _kind(asked: Asked, code: str) -> ComplaintType:
    return asked.rules.catalogue(business_day(asked.at)).complaints.type(code)


def _made(
    asked: Asked, new: shapes.NewComplaint, kind: ComplaintType, consumer: Consumer | None, home: str
) -> ComplaintRegistered:
    """What is recorded, but for its number. Refuses what is missing, like the window."""
    office, day = asked.office(home), business_day(asked.at)
    landmark = clean_text(new.landmark, LONGEST_LANDMARK)
    keys = {question.key for question in kind.questions}
    said = {ask: clean_text(words, LONGEST_ANSWER) for ask, words in new.answers.items() if ask in keys}
    place = placed(asked.transaction, home, consumer, said)
    if not (consumer or landmark or any(place)):
        raise PlaceMissing
    urban = consumer.urban if consumer else office.urban
    ladder = asked.rules.ladder(kind, office.area(urban=urban), asked.at)
    answers = (Answered(ask, words) for ask, words in said.items() if words and ask not in PLACES)
    return ComplaintRegistered(
        serial=0, office=home, counter=asked.channel.counter, day=day,
        consumer=consumer.number if consumer else "", type=kind.code, priority=kind.priority, urban=urban,
        mobile=mobile(new.mobile) if new.mobile.strip() and not kind.anonymous else "",
        landmark=landmark, note=clean_text(new.note, LONGEST_NOTE), dtr=place.dtr, registered_at=asked.at,
        due_at=limit_of(ladder), rules=asked.rules.catalogue(day).ruling.name, clerk=str(asked.channel),
        feeder=place.feeder, pole=place.pole, answers=tuple(answers), ladder=ladder,
    )  # fmt: skip


def _central(number: str) -> str:
    given = "".join(number.split())
    if not _CENTRAL.fullmatch(given):
        raise CentralNumberWrong
    return given


def _known(asked: Asked, act: UUID, typed: str) -> Life:
    found = lives.lives(asked.transaction, [act]).get(act)
    if found is None:
        raise ComplaintUnknown(typed)
    return found


def _reached(asked: Asked, typed: str) -> Life:
    """The complaint of a whole number, of an office that this key reaches. ``ComplaintUnknown``."""
    found = lives.numbered(asked.transaction, read_number(typed))
    if found is None or not asked.key.reaches(found.registered.office):
        raise ComplaintUnknown(typed)
    return found
