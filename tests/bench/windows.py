"""The two windows that ``bench start`` compares: a bare one, and the counter's own.

Each tells on its last line, as JSON, the monotonic time of its first paint and of being ready, and its
memory then. Nothing is imported before it is needed: the time of imports is what is measured.
"""

import sys
import time


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

    from PySide6.QtCore import QObject, QTimer, Slot
    from PySide6.QtWidgets import QApplication

    from counter_app.app import Counter, Opening
    from counter_app.words.say import Language

    class Watch(QObject):
        def __init__(self, counter: Counter) -> None:
            super().__init__()
            self.counter, self.paint = counter, 0.0
            self.timer = QTimer(self)
            self.timer.setInterval(1)
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

            window = self.counter.window
            assert window is not None
            window.signed_in(Session(STAFF[0], None))
            self.timer.start()

        @Slot()
        def look(self) -> None:
            window = self.counter.window
            assert window is not None
            page = window.page()
            if page.name != "home":
                return
            if not window.search.text():
                if page._start.recent:
                    window.search.put("suresh")
                    window.search.edited.emit("suresh")
            elif page._answered == "suresh":
                self.timer.stop()
                window.repaint()
                _tell(self.paint, time.monotonic())
                application.quit()

    application = QApplication(sys.argv[:1])
    running = Counter(application, Opening(Path(folder), True, 0, 0), Language.HINDI)
    watch = Watch(running)
    running.shell.show()
    application.exec()
    running.close()
    del watch


def _tell(paint: float, ready: float) -> None:
    import json
    from pathlib import Path

    lines = Path("/proc/self/status").read_text().splitlines()
    memory = next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
    print(json.dumps({"paint": paint, "ready": ready, "memory_kb": memory}), flush=True)


if __name__ == "__main__":
    counter(sys.argv[2]) if sys.argv[1] == "counter" else bare()
