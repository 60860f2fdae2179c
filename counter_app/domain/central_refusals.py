"""Why the central store says no: to who looks after it, and to the channels."""

from counter_app.domain.refusals import Refused, WorldRefused


class DatabaseUrlWrong(Refused):
    """An address of no database that the central store runs on."""


class DatabaseSilent(WorldRefused):
    """The database does not answer; ``database`` is its address without the password."""

    database: str


class CentreMissing(Refused):
    """There is a database, but no central store in it."""

    database: str


class CentreThere(Refused):
    """There is a central store in the database already."""

    database: str


class CentreOlder(Refused):
    """The central store was made by an older program, before there were steps from one to the next."""

    database: str


class CentreBehind(Refused):
    """The central store was made by an older program, and steps lead to what this one needs."""

    database: str


class CentreNewer(Refused):
    """The central store was made by a newer program."""

    database: str


class OfficeCodeWrong(Refused):
    """An office's short code is up to 12 digits and capital letters."""


class CounterTaken(Refused):
    """Another installation is enrolled as this counter; ``device`` is its identity."""

    office: str
    counter: int
    device: str


class OfficeUnknown(Refused):
    """The centre knows of no office with this code."""

    office: str


class CounterNumberWrong(Refused):
    """Counters are numbered from 1."""

    most: int


class DeviceNotEnrolled(Refused):
    """No counter with this identity was ever enrolled."""


class PortTaken(WorldRefused):
    """Another program listens there."""

    port: int


class CompanyKeyThere(Refused):
    """The store has a company's key already."""


class CompanyKeyOther(Refused):
    """The key in a file is not the one of this store, which may have none."""

    name: str


class RuleFileUnfit(Refused):
    """A rule file that counters could not read; ``why`` names place and fault, in English."""

    name: str
    why: str


class PersonCodeWrong(Refused):
    """A code to sign in with is up to 32 letters and digits."""


class PersonNameMissing(Refused):
    """Somebody without a name."""


class BackupIsStore(Refused):
    """What was named as a backup is the central store itself; ``database`` is its address."""

    database: str


class HeldUnknown(Refused):
    """What was typed is the beginning of no held entry's hash, or of several."""

    typed: str


class MessageFileUnfit(Refused):
    """A file that does not describe who sends messages; ``why`` names place and fault, in English."""

    name: str
    why: str


class OfficeFileUnfit(Refused):
    """A file that does not describe an office; ``why`` names place and fault, in English."""

    name: str
    why: str


class ChannelSealOther(Refused):
    """The seal in a file is not the one by which this store's channels sign."""

    name: str


class ChannelKeyMissing(Refused):
    """No key of a channel has this identity."""


# -- what channels hear -------------------------------------------------------------------------------


class KeyNotGood(Refused):
    """A request of a channel without a key, or with one that is not, or no more, good."""


class KeyElsewhere(Refused):
    """A key of another channel."""


class ChannelsClosed(WorldRefused):
    """This gateway has no seal to record under, or the channel's was revoked."""


class TooManyRequests(Refused):
    """More than was agreed; ``seconds`` is when again."""

    seconds: int


class RequestUnfit(Refused):
    """A request that is not as it is described."""


class RequestKeyUsed(Refused):
    """Another request was sent under the same key before."""


class OfficeNotOpen(Refused):
    """An office that is not open to this channel."""

    office: str


class ConsumerNotProven(Refused):
    """A consumer is not known, or what was given does not prove that it is the consumer who asks."""


class PaymentReported(Refused):
    """Money with this reference was reported before; ``number`` is its receipt, a dash where it is none
    of who asks.
    """

    number: str


class PaymentAtCounter(Refused):
    """A counter has a receipt for money with this reference; ``number`` as in ``PaymentReported``."""

    number: str


class PaidInFuture(Refused):
    """A payment that is not made yet by the centre's clock, or was made too long ago."""
