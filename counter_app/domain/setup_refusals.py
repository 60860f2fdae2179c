"""Why a counter is not set up. Nothing is made then."""

from datetime import date

from counter_app.domain.refusals import Refused, WorldRefused


class SetUpFileUnfit(Refused):
    """A file that does not say how a counter is set up; ``why`` names place and fault, in English."""

    name: str
    why: str


class SetUpFileBroken(Refused):
    """A file that is neither TOML nor as the central office signed it."""

    name: str


class SetUpFileForeign(Refused):
    """The company's key of a file is not the one that was read out, or not the centre's."""

    name: str


class FingerprintMissing(Refused):
    """A signed file counts only when somebody compared its key; ``fingerprint`` is the file's."""

    fingerprint: str


class SetUpFileOld(Refused):
    """A signed file whose code is good no more."""

    name: str
    until: date


class SetUpOfficeMissing(Refused):
    """The file has several offices, or another one than was asked for."""

    name: str
    office: str


class LocationWrong(Refused):
    """A location code has 7 digits."""

    digits: int


class CentreNotNamed(Refused):
    """A file for a counter has to say where the centre answers."""

    name: str


class OfficeThere(WorldRefused):
    """Records lie in the folder already."""


class RecordsLost(WorldRefused):
    """A counter was here before: its key or its second file is, its records are not."""


class NumbersUnsaid(Refused):
    """The centre did not say a counter's numbers, and nobody did: its first ones may be given out already."""


class NobodySignsIn(Refused):
    """Neither the file nor the centre names anybody who could sign in."""


class CentreNamesPeople(Refused):
    """Who works at a counter that is enrolled, only the centre says."""


class PersonCodeTaken(Refused):
    """Somebody signs in under this code already."""

    code: str


class PersonCodeAnothers(Refused):
    """Old records name somebody else by this code, for good; ``name``: in one script or in both."""

    code: str
    name: str


class PersonCodeFree(Refused):
    """Nobody signs in under this code, or nobody any more."""

    code: str


class OwnAccess(Refused):
    """Nobody ends the own access: somebody else must be left who can undo it."""
