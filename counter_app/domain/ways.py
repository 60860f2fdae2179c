"""Where papers go: for each kind a printer, who takes over, and what its paper already says."""

from collections.abc import Mapping
from dataclasses import field, replace

from counter_app.domain.acts import Paper
from counter_app.domain.value import value

TENTHS = 10
"""An offset counts tenths of a millimetre."""

FURTHEST = 200
"""Tenths of a millimetre by which printing on ready-made forms can be moved; more is a wrong form."""


@value
class Way:
    """Where papers of a kind go.

    ``printer`` is a name, or the address of a receipt printer; empty: a PDF file. ``otherwise`` prints when
    that one cannot; empty: nobody does. ``form``: the paper has lines and headings on it already.
    """

    printer: str = ""
    otherwise: str = ""
    form: bool = False


@value
class Offset:
    """How far right and down a printer is to print to meet a ready-made form, in tenths of a millimetre."""

    right: int = 0
    down: int = 0


@value
class Ways:
    """All that was chosen at a counter: the usual way, kinds that go another one, offsets by printer."""

    usual: Way = Way()
    kinds: Mapping[Paper, Way] = field(default_factory=dict)
    offsets: Mapping[str, Offset] = field(default_factory=dict)

    def of(self, paper: Paper) -> Way:
        """The way of a kind."""
        return self.kinds.get(paper, self.usual)

    def offset(self, printer: str) -> Offset:
        """The offset of a printer."""
        return self.offsets.get(printer, Offset())

    def with_way(self, paper: Paper | None, way: Way) -> "Ways":
        """The same with another way for a kind; without a kind, with another usual one.

        A kind whose way is the usual one goes with it from then on.
        """
        if paper is None:
            return replace(self, usual=way)
        kinds = {kind: known for kind, known in self.kinds.items() if kind is not paper}
        return replace(self, kinds=kinds if way == self.usual else {**kinds, paper: way})

    def with_offset(self, printer: str, offset: Offset) -> "Ways":
        """The same with another offset for a printer."""
        return replace(self, offsets={**self.offsets, printer: offset})
