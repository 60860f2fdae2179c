"""What the slip of a request says beside its number: answers, papers, and what was agreed to."""

from datetime import date

from counter_app.documents.counter_lines import side_by_side
from counter_app.documents.fonts import printable
from counter_app.documents.lines import Span
from counter_app.documents.roll import BODY, SMALL, Roll
from counter_app.domain.catalogue import Answer, ComplaintType, Proof, Question
from counter_app.domain.complaint import ComplaintRegistered
from counter_app.domain.request import AGREED, missing_proofs
from counter_app.words.dates import day
from counter_app.words.say import Both, Language, both

HINDI = Language.HINDI


def request_lines(roll: Roll, made: ComplaintRegistered, kind: ComplaintType) -> None:
    """The lines of one request."""
    said = {one.ask: one.said for one in made.answers}
    for question in kind.questions:
        if said.get(question.key):
            roll.fact(
                Both(question.name_hi, question.name_en), _shown(question, said[question.key]), bold=True
            )
    missing = missing_proofs(kind, made.answers)
    _papers(roll, both("Looked at", HINDI), [one for one in kind.proofs if one.key not in missing])
    _papers(roll, both("Still to be shown", HINDI), [one for one in kind.proofs if one.key in missing])
    if kind.agreement is not None and AGREED in said:
        agreed = both("Agreed", HINDI)
        roll.paragraph(f"{agreed.lead}: {printable(kind.agreement.text_hi)}")
        roll.paragraph(f"{agreed.second}: {printable(kind.agreement.text_en)}")
    roll.dashes()


def _shown(question: Question, said: str) -> str:
    """An answer as people write it; one that is still being typed as it stands."""
    if question.answer is Answer.DAY:
        try:
            return day(date.fromisoformat(said))
        except ValueError:
            pass
    return printable(said)


def _papers(roll: Roll, head: Both, proofs: list[Proof]) -> None:
    if not proofs:
        return
    roll.sides([Span(side_by_side(head), bold=True)], [], BODY)
    for one in proofs:
        roll.paragraph(f"– {printable(one.name_hi)} / {printable(one.name_en)}", SMALL)
