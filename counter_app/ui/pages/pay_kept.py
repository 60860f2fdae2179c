"""Parts of a split payment as half-typed work keeps them: a line each, so that a power cut loses none."""

from datetime import date

from counter_app.domain.payment import Tender, TenderKind

_FIELDS = "kind", "amount", "given", "reference", "approval", "bank", "dated"


def kept_part(tender: Tender) -> str:
    """A part as a line."""
    values = (getattr(tender, name) for name in _FIELDS)
    return "\t".join("" if value is None else str(value) for value in values)


def read_part(line: str) -> Tender:
    """The part of a line; whoever records it makes it anew."""
    kind, amount, given, reference, approval, bank, dated = line.split("\t")
    day = date.fromisoformat(dated) if dated else None
    return Tender(TenderKind(kind), int(amount), int(given), 0, reference, approval, bank=bank, dated=day)
