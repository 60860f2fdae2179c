"""The process that makes PDFs: its answers, its death, its end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from counter_app.documents.page import Document, Sheet, Text
from counter_app.documents.pdf import pdf
from counter_app.documents.receipt import receipt
from counter_app.domain.acts import Paper
from counter_app.domain.refusals import PaperFailed
from counter_app.printing.worker import PaperWorker
from tests.documents.papers import NOON, receipt_facts


@pytest.fixture
def worker() -> Iterator[PaperWorker]:
    worker = PaperWorker()
    yield worker
    worker.close()


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_makes_the_same_bytes_as_this_process_would(worker: PaperWorker) -> None:
    document = receipt(receipt_facts())
    assert worker.pdf(document) == pdf(document)


def test_a_killed_worker_is_replaced(worker: PaperWorker) -> None:
    document = receipt(receipt_facts())
    first_answer, first = worker.pdf(document), worker.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert worker.pdf(document) == first_answer
    assert worker.pid != first


def test_a_worker_killed_in_the_middle_of_its_work_is_replaced(worker: PaperWorker) -> None:
    document = receipt(receipt_facts())
    worker.start()
    first = worker.pid
    assert first is not None
    os.kill(first, signal.SIGSTOP)  # it takes the document and never answers
    assert worker.pdf(document, patience=6).startswith(b"%PDF")
    assert worker.pid != first
    assert not alive(first)


def test_a_page_that_cannot_be_made_is_refused_and_the_next_one_comes(worker: PaperWorker) -> None:
    sheet = Sheet(80, 40, (Text(4, 10, "\u4e00", 10),))
    with pytest.raises(PaperFailed):
        worker.pdf(Document("x", (sheet,), Paper.RECEIPT, NOON))
    document = receipt(receipt_facts())
    assert worker.pdf(replace(document, title="next")).startswith(b"%PDF")


def test_a_closed_worker_is_gone_and_makes_nothing_more(worker: PaperWorker) -> None:
    worker.start()
    pid = worker.pid
    assert pid is not None
    worker.close()
    worker.close()
    assert not alive(pid)
    with pytest.raises(PaperFailed):
        worker.pdf(receipt(receipt_facts()))


def test_closing_does_not_wait_for_a_document_that_is_being_made(worker: PaperWorker) -> None:
    worker.pdf(receipt(receipt_facts()))
    pid = worker.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)  # it takes the document and never answers
    with ThreadPoolExecutor(1) as asking:
        asked = asking.submit(worker.pdf, receipt(receipt_facts()), 600)
        began = time.monotonic()
        worker.close()
        with pytest.raises(PaperFailed):
            asked.result()
    assert time.monotonic() - began < 5
    assert not alive(pid)


def test_the_asking_process_imports_neither_the_pdf_library_nor_qt() -> None:
    script = (
        "import sys\n"
        "import counter_app.printing.worker\n"
        "import counter_app.documents.receipt, counter_app.documents.bill\n"
        "print([name for name in ('fpdf', 'fontTools', 'PIL', 'PySide6') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
