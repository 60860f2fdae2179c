"""The two windows that ``bench start`` compares: a bare one, and the counter's own.

Each tells on its last line, as JSON, the monotonic time of its first paint and of being ready, and its
memory then. Nothing is imported before it is needed: the time of imports is what is measured.
"""

import sys
import time

WORD = "suresh"


def bare() -> None:
    """A PySide6 window with a label, and nothing else."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    class Bare(QMainWindow):
        def paintEvent(self, event: object) -> None:
            QTimer.singleShot(0, self, self.told)

        def told(self) -> None:
            at = time.monotonic()
            _tell(at, at)
            application.quit()

    application = QApplication(sys.argv[:1])
    window = Bare()
    window.resize(1366, 768)
    window.setCentralWidget(QLabel("counter"))
    window.show()
    application.exec()


def counter(folder: str) -> None:
    """The counter as its command starts it, until Home stands with recents and an answered search."""
    import gc

    gc.disable()  # as the command does while it starts
    from pathlib import Path

    from counter_app.app import Counter, Opening, begin
    from counter_app.words.say import Language

    application = begin(Path(folder))
    running = Counter(application, Opening(Path(folder), True, 0, 0), Language.HINDI)
    watch = _watch(running, application)
    running.shell.show()
    application.exec()
    running.close()
    del watch


def _watch(counter, application):  # type: ignore[no-untyped-def]
    """An object that signs the person in, types a search, and tells when both have been painted."""
    from PySide6.QtCore import QObject, QTimer, Slot

    class Watch(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.paint = 0.0
            self.timer = QTimer(self, interval=1)
            self.timer.timeout.connect(self.look)
            counter.shell.painted.connect(self.painted)
            counter.opened.connect(self.opened)

        @Slot()
        def painted(self) -> None:
            self.paint = time.monotonic()

        @Slot()
        def opened(self) -> None:
            from counter_app.demo.staff import STAFF
            from counter_app.domain.people import Session

            counter.window.signed_in(Session(STAFF[0], None))
            self.timer.start()

        @Slot()
        def look(self) -> None:
            window, page = counter.window, counter.window.page()
            if page.name != "home":
                return
            if not window.search.text() and page._start.recent:
                window.search.put(WORD)
                window.search.edited.emit(WORD)
            elif page._answered == WORD:
                self.timer.stop()
                window.repaint()
                _tell(self.paint, time.monotonic())
                application.quit()

    return Watch()


def _tell(paint: float, ready: float) -> None:
    import json
    from pathlib import Path

    lines = Path("/proc/self/status").read_text().splitlines()
    memory = next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
    print(json.dumps({"paint": paint, "ready": ready, "memory_kb": memory}), flush=True)


if __name__ == "__main__":
    counter(sys.argv[2]) if sys.argv[1] == "counter" else bare()
