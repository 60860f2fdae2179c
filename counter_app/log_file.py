"""The file that the program's log is written to, and how the next one takes its place."""

import faulthandler
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler


class Rotating(RotatingFileHandler):
    """Takes the interpreter's own last words along into the file that is written now."""

    def doRollover(self) -> None:
        """The next file; while none is open, the number of the old one may become any other file's."""
        faulthandler.disable()
        super().doRollover()

    def _open(self) -> TextIOWrapper:
        stream = super()._open()
        faulthandler.enable(stream)
        return stream
