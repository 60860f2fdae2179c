"""What the slip of a request says beside what was asked: papers, and what was agreed to."""

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
    """The papers of one request, and what was agreed to."""
    missing = missing_proofs(kind, made.answers)
    _papers(roll, both("Looked at", HINDI), [one for one in kind.proofs if one.key not in missing])
    _papers(roll, both("Still to be shown", HINDI), [one for one in kind.proofs if one.key in missing])
    if kind.agreement is not None and any(one.ask == AGREED for one in made.answers):
        agreed = both("Agreed", HINDI)
        roll.paragraph(f"{agreed.lead}: {printable(kind.agreement.text_hi)}")
        roll.paragraph(f"{agreed.second}: {printable(kind.agreement.text_en)}")
    if kind.proofs or kind.agreement:
        roll.dashes()


def answer_text(question: Question, said: str) -> str:
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
