"""A terminal before which somebody sits."""

import io
from signal import SIGINT, raise_signal


class Terminal(io.StringIO):
    """They press Ctrl+C as soon as some words stand there."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        written = super().write(text)
        if self._words in text:
            raise_signal(SIGINT)
        return written
