"""The picture of the papers in the README: ``python -m tests.screens.papers`` takes it anew."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pypdfium2
from PIL import Image, ImageOps

from counter_app.desk import complaints, finding, paper, payments
from counter_app.desk.complaints import ComplaintDraft
from counter_app.desk.desk import Desk
from counter_app.desk.payments import PaymentDraft
from counter_app.documents.page import Document
from counter_app.documents.pdf import pdf
from counter_app.domain.money import RUPEE
from counter_app.domain.payment import cash
from counter_app.domain.people import Session
from tests.house.reading import ROOT
from tests.offices import NOW, copied, open_desk, signed_in
from tests.screens.tourist import some_owing

WIDTH, BETWEEN, SHADES = 1100, 12, 16
NOTE = 500 * RUPEE
NO_SUPPLY = "11"


def papers(desk: Desk, session: Session) -> Iterator[Document]:
    """A bill as it stands before it is paid, the receipt of that, the slip of a complaint."""
    (number,) = some_owing(desk, session, NOW, 1)
    payable = finding.preview(desk, session, number, NOW).payable
    assert payable is not None
    due = payable.amount
    bill = paper.ask_bill(desk, session, uuid4(), number, NOW)
    yield paper.page_of(desk, session, bill.job, NOW)
    paid = PaymentDraft(uuid4(), number, due, (cash(due, -(-due // NOTE) * NOTE),))
    yield paper.page_of(desk, session, payments.take(desk, session, paid, NOW).job, NOW)
    said = ComplaintDraft(uuid4(), number, NO_SUPPLY, "", "शिव मंदिर के पास", "")
    yield paper.page_of(desk, session, complaints.register(desk, session, said, NOW).job, NOW)


def picture(document: Document) -> Image.Image:
    """The first page of its file, with a line around it."""
    (page, *_) = pypdfium2.PdfDocument(pdf(document))
    return ImageOps.expand(page.render(scale=2, grayscale=True).to_pil().convert("L"), 2, 150)


def side_by_side(pictures: list[Image.Image]) -> Image.Image:
    """The papers in one picture, all to the same scale."""
    whole = sum(one.width for one in pictures) + BETWEEN * (len(pictures) + 1)
    sheet = Image.new("L", (whole, max(one.height for one in pictures) + 2 * BETWEEN), 255)
    x = BETWEEN
    for one in pictures:
        sheet.paste(one, (x, BETWEEN))
        x += one.width + BETWEEN
    small = sheet.resize((WIDTH, sheet.height * WIDTH // sheet.width), Image.Resampling.LANCZOS)
    return small.quantize(SHADES)


def main() -> None:
    """Print the papers at the demo office and put them side by side."""
    with TemporaryDirectory() as scratch:
        desk = open_desk(copied(Path(scratch)))
        made = [picture(document) for document in papers(desk, signed_in(desk))]
        desk.book.close()
    side_by_side(made).save(ROOT / "docs" / "screens" / "papers.png", optimize=True)


if __name__ == "__main__":
    main()
