"""A screen that nobody looks at, and the pictures on it: Xvfb, whose memory is a file."""

import os
import struct
import subprocess
import zlib
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from counter_app.installer.ground import tool

SIZE = 1366, 768
_PIXEL = 4
_HEADER = struct.Struct(">25I")  # of XWD, the form in which Xvfb keeps its screen
_EVERY = 5  # one pixel of so many is looked at: it is a matter of shares


def unlike(mine: bytes, theirs: bytes) -> float:
    """The share of bytes that differ, from 0 to 1; all of them when there are not equally many."""
    return sum(map(int.__ne__, mine, theirs)) / len(mine) if len(mine) == len(theirs) else 1.0


@dataclass(frozen=True, slots=True)
class Picture:
    """What stood on the screen: rows of pixels, four bytes each (blue, green, red, nothing)."""

    width: int
    height: int
    pixels: bytes

    @property
    def empty(self) -> bool:
        """Whether nothing was painted yet."""
        return not any(self.pixels[:: _PIXEL * _EVERY])

    def unlike(self, other: "Picture") -> float:
        """The share of pixels that are others there, from 0 to 1."""
        return unlike(*(one.pixels[1 :: _PIXEL * _EVERY] for one in (self, other)))

    def save(self, path: Path) -> None:
        """Keep it as a PNG."""
        rows = bytearray()
        for at in range(0, len(self.pixels), self.width * _PIXEL):
            row = self.pixels[at : at + self.width * _PIXEL]
            colours = bytearray(self.width * 3)
            colours[0::3], colours[1::3], colours[2::3] = row[2::_PIXEL], row[1::_PIXEL], row[0::_PIXEL]
            rows += b"\0" + colours
        head = struct.pack(">2I5B", self.width, self.height, 8, 2, 0, 0, 0)
        parts = (b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b"")
        chunks = (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
            for name, body in parts
        )
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))


class Screen:
    """Xvfb, from here to ``close``; ``display`` is its name for X programs. Needs the tool Xvfb."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="counter-screen-")
        said, say = os.pipe()
        width, height = SIZE
        self._server = subprocess.Popen(
            [
                tool("Xvfb"), "-displayfd", str(say), "-fbdir", self._folder.name, "-nolisten", "tcp", "-ac",
                "-screen", "0", f"{width}x{height}x24",
            ],
            pass_fds=[say],
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(say)
        with os.fdopen(said) as told:
            self.display = f":{told.readline().strip()}"

    def picture(self) -> Picture:
        """What stands on it now."""
        held = Path(self._folder.name, "Xvfb_screen0").read_bytes()
        fields = _HEADER.unpack_from(held)
        head, height, line, colours = fields[0], fields[5], fields[12], fields[19]
        begin = head + 12 * colours
        return Picture(line // _PIXEL, height, held[begin : begin + line * height])

    def close(self) -> None:
        """End it."""
        self._server.terminate()
        self._server.wait()
        self._folder.cleanup()

    def __enter__(self) -> "Screen":
        return self

    def __exit__(self, *_trouble: object) -> None:
        self.close()
