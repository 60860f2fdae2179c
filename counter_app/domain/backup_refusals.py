"""Why a copy of the data could not be made, or is not put back."""

from counter_app.domain.refusals import Refused, WorldRefused


class BackupPlacesMissing(Refused):
    """Nobody has said yet where copies go."""


class BackupPlacesAlike(Refused):
    """A place is named twice, or lies within the data folder."""


class BackupPlaceMissing(WorldRefused):
    """The folder for copies is not there: a drive was pulled out."""

    place: str


class BackupPlaceFull(WorldRefused):
    """Too little room in the folder for copies."""

    place: str
    free_mb: int


class BackupPlaceFailed(WorldRefused):
    """The folder for copies takes no file, or its disk does not answer."""

    place: str


class BackupStopped(Refused):
    """Somebody stopped the copy, or the program ends."""


class BackupUnsound(WorldRefused):
    """The copy did not pass its check and was taken away."""

    place: str


class BackupUnreadable(Refused):
    """The file is no copy of a counter's data, or is damaged."""

    name: str


class BackupsNone(Refused):
    """No copy of a counter's data lies in the folder."""

    place: str


class BackupsOfSeveral(Refused):
    """Copies of several counters lie in the folder, and nobody said whose is put back."""

    place: str
    counters: str


class BackupForeign(Refused):
    """The file is a copy of another counter's data than lies in the folder."""

    name: str


class RecordsWhole(Refused):
    """Nothing is wrong with the records that are there, so nothing older takes their place."""


class RecoveryCodeWrong(Refused):
    """The code does not open the keys beside the copy."""


class RecoveryKeysMissing(Refused):
    """The key of the copy is not on this PC, and no sealed keys lie beside it."""

    name: str


class NumbersUnsure(Refused):
    """Nothing tells up to which number papers were given out since the copy was made."""
