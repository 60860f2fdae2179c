"""The lines and structures of the network, as the office's lists name them."""

from enum import StrEnum

from counter_app.domain.value import value


class AssetKind(StrEnum):
    """Kinds of things on a line, from the supply down."""

    FEEDER = "feeder"
    DTR = "dtr"
    POLE = "pole"


@value
class Asset:
    """A feeder, transformer or pole. ``above`` is the code of what feeds it: a DTR's feeder, a pole's DTR.

    ``painted`` is the number painted on the structure, which people read out; empty means not known.
    """

    kind: AssetKind
    code: str
    name_hi: str
    name_en: str
    above: str
    painted: str
