"""The lines and structures of the network, as the office's lists name them."""

from datetime import datetime
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


@value
class Shutdown:
    """The supply of a line is going to be switched off for work: ``line`` is the code of a feeder or DTR.

    What is ``called_off`` does not happen.
    """

    line: str
    since: datetime
    until: datetime
    reason_hi: str
    reason_en: str
    called_off: bool

    def __post_init__(self) -> None:
        stretch(self.since, self.until)


def stretch(since: datetime, until: datetime) -> None:
    """ValueError unless these are two instants, the second one later."""
    if since.utcoffset() is None or until.utcoffset() is None or until <= since:
        raise ValueError("no stretch of time")
