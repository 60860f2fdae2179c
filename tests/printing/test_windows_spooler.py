"""The spooler of Windows as its API describes it: a library that fills memory so, and what is read of it."""

import ctypes
from typing import Any

import pytest

from counter_app.domain.acts import PaperState
from counter_app.domain.refusals import NoPaper, PrinterMissing, PrinterStopped, PrintFailed, Refused
from counter_app.printing.windows_spooler import Job, JobStatus, PrinterStatus, Spooler, state_of

NAME = "रसीद TM-T82"


class Winspool:
    """Queues by printer, told in the layout of JOB_INFO_1 and PRINTER_INFO_6; ``broken``: it lists none."""

    def __init__(self) -> None:
        self.queues: dict[str, list[Job]] = {NAME: [], "Laser": []}
        self.status = PrinterStatus(0)
        self.broken = False
        self.open: list[str] = []
        self.deleted: list[int] = []
        self._texts: list[Any] = []
        called = (
            ("OpenPrinterW", self._open_printer), ("ClosePrinter", self._close_printer),
            ("GetPrinterW", self._get_printer), ("SetJobW", self._set_job), ("EnumJobsW", self._enum_jobs),
        )  # fmt: skip
        for name, function in called:
            setattr(self, name, function)

    def _open_printer(self, name: Any, handle: Any, _defaults: None) -> int:
        self.open.append(name.value)
        handle._obj.value = len(self.open)
        return int(name.value in self.queues)

    def _close_printer(self, _handle: Any) -> int:
        self.open.pop()
        return 1

    def _get_printer(self, _handle: Any, level: int, room: Any, size: int, _needed: Any) -> int:
        assert (level, size) == (6, 4)
        room._obj.value = self.status | 0x8000_0000  # a bit that nobody here knows
        return 1

    def _set_job(self, _handle: Any, number: int, level: int, _info: None, command: int) -> int:
        assert (level, command) == (0, 5)
        self.deleted.append(number)
        queue = self.queues[self.open[-1]]
        queue[:] = [job for job in queue if job.number != number]
        return 1

    def _enum_jobs(
        self, _handle: Any, _first: int, _most: int, level: int, room: Any, size: int, needed: Any, count: Any
    ) -> int:
        assert level == 1
        jobs = self.queues[self.open[-1]]
        made = b"".join(map(self._written, jobs))
        needed._obj.value = len(made)
        if self.broken or size < len(made):
            return 0
        ctypes.memmove(room, made, len(made))
        count._obj.value = len(jobs)
        return 1

    def _written(self, job: Job) -> bytes:
        """JOB_INFO_1: a number, six pointers, five numbers, a SYSTEMTIME; aligned for pointers."""
        text = ctypes.create_string_buffer(f"{job.document}\0".encode("utf-16-le"))
        self._texts.append(text)
        wide = ctypes.sizeof(ctypes.c_void_p)
        pointers = [0, 0, 0, ctypes.addressof(text), 0, 0]
        parts = [job.number.to_bytes(wide, "little")]
        parts += [pointer.to_bytes(wide, "little") for pointer in pointers]
        parts += [number.to_bytes(4, "little") for number in (job.status, 1, 1, 1, 0)]
        made = b"".join(parts) + bytes(16)
        return made + bytes(-len(made) % wide)


@pytest.fixture
def library() -> Winspool:
    return Winspool()


def test_what_lies_in_a_queue_is_read_with_its_name_in_any_script(library: Winspool) -> None:
    queue = [Job(7, "रसीद 2214-2-004187 abc", JobStatus.SPOOLING), Job(8, "", JobStatus.PRINTING | 0x4000)]
    library.queues[NAME] = queue
    assert Spooler(library).jobs(NAME) == tuple(queue)
    assert Spooler(library).jobs("Laser") == ()
    assert library.open == []


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (JobStatus(0), None),
        (JobStatus.SPOOLING, None),
        (JobStatus.PRINTING, None),
        (JobStatus.PRINTING | JobStatus.PAPER_OUT, None),
        (JobStatus.ERROR | JobStatus.OFFLINE, None),
        (JobStatus.PRINTED, PaperState.SENT),
        (JobStatus.COMPLETE | JobStatus.RETAINED, PaperState.SENT),
        (JobStatus.DELETING | JobStatus.PRINTING, PaperState.UNKNOWN),
        (JobStatus.DELETED, PaperState.UNKNOWN),
        (JobStatus.DELETED | JobStatus.PRINTED, PaperState.UNKNOWN),
    ],
)
def test_no_status_is_proof_of_paper(library: Winspool, status: JobStatus, state: PaperState | None) -> None:
    assert state_of(status) is state
    library.queues[NAME] = [Job(7, "x", status)]
    assert Spooler(library).look(NAME, 7) is state


def test_a_job_that_left_the_queue_was_sent_and_no_more_is_known(library: Winspool) -> None:
    assert Spooler(library).look(NAME, 7) is PaperState.SENT


def test_where_the_print_system_does_not_answer_nobody_knows(library: Winspool) -> None:
    assert Spooler(library).look("away", 7) is None
    library.broken = True
    assert Spooler(library).look(NAME, 7) is None
    assert Spooler(library).job_called(NAME, "x") is None
    with pytest.raises(PrintFailed):
        Spooler(library).demand_ready(NAME)
    with pytest.raises(PrinterMissing):
        Spooler(library).demand_ready("away")


def test_a_paper_is_found_by_what_its_jobs_are_called(library: Winspool) -> None:
    library.queues = {
        NAME: [Job(7, "a 1-sign", JobStatus(0)), Job(9, "a 1-sign", JobStatus(0)), Job(8, "b", JobStatus(0))],
        "Laser": [Job(7, "c 1-sign", JobStatus.PRINTING)],
    }
    spooler = Spooler(library)
    assert spooler.job_called(NAME, "a 1-sign") == 9
    assert spooler.job_called(NAME, "gone") is None
    assert spooler.jobs_called([NAME, "away", "Laser"], "1-sign") == ((NAME, 7), (NAME, 9), ("Laser", 7))


def test_only_what_is_not_being_printed_is_taken_back(library: Winspool) -> None:
    library.queues[NAME] = [Job(7, "a", JobStatus.PAPER_OUT), Job(8, "b", JobStatus.PRINTING)]
    spooler = Spooler(library)
    for number in (7, 8, 99):
        spooler.take_back(NAME, number)
    spooler.take_back("away", 7)
    assert library.deleted == [7]
    assert spooler.look(NAME, 8) is None


@pytest.mark.parametrize(
    ("printer", "job", "why"),
    [
        (PrinterStatus.PAPER_OUT, JobStatus(0), NoPaper),
        (PrinterStatus(0), JobStatus.PAPER_OUT, NoPaper),
        (PrinterStatus.OFFLINE, JobStatus(0), PrinterStopped),
        (PrinterStatus.DOOR_OPEN, JobStatus(0), PrinterStopped),
        (PrinterStatus(0), JobStatus.USER_INTERVENTION, PrinterStopped),
        (PrinterStatus(0), JobStatus.ERROR, PrinterStopped),
    ],
)
def test_a_printer_that_waits_says_for_what(
    library: Winspool, printer: PrinterStatus, job: JobStatus, why: type[Refused]
) -> None:
    Spooler(library).demand_ready(NAME)
    library.status, library.queues[NAME] = printer, [Job(7, "a", JobStatus.PRINTING | job)]
    with pytest.raises(why):
        Spooler(library).demand_ready(NAME)
