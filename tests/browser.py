"""A real browser without a screen, driven over the pipe that it offers to tools: keys go in, pictures out."""

import base64
import fcntl
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from counter_app import machine

WIDTH, HEIGHT = 1366, 768
ABOVE_STANDARD = 10
ENDING_S = 20
# It listens on 3 and answers on 4, whatever these are here.
LINES = """
import os, sys
for end, number in enumerate(sys.argv[1:3], 3):
    os.dup2(int(number), end)
os.execv(sys.argv[3], sys.argv[3:])
"""
KEYS = {"Tab": 9, "Enter": 13}


class Browser:
    """One page. ``complaints``: what the browser did not do because the page's own policy forbids it."""

    def __init__(self, says: BinaryIO, hears: BinaryIO) -> None:
        self._says, self._hears = says, hears
        self._asked = 0
        self._session = ""
        self._events: list[dict[str, Any]] = []
        self._logged: list[str] = []
        (first,) = [one for one in self.call("Target.getTargets")["targetInfos"] if one["type"] == "page"]
        attached = self.call("Target.attachToTarget", targetId=first["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Log", "Runtime"):
            self.call(f"{domain}.enable")
        self.call("Page.setLifecycleEventsEnabled", enabled=True)
        self._there = ""

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Ask for something and wait for the answer."""
        self._asked += 1
        said = {"id": self._asked, "method": method, "params": parameters}
        if self._session:
            said["sessionId"] = self._session
        self._says.write(json.dumps(said).encode() + b"\0")
        self._says.flush()
        while (heard := self._read()).get("id") != self._asked:
            self._events.append(heard)
        assert "error" not in heard, heard
        return dict(heard["result"])

    def open(self, address: str) -> None:
        """Go there, and wait until the page is there."""
        self._events.clear()
        self._logged.clear()
        gone = self.call("Page.navigate", url=address)
        assert not gone.get("errorText"), gone
        self._until_loaded(lambda page: page == gone["loaderId"])

    def loaded(self) -> None:
        """Wait until another page is there than the one before."""
        before = self._there
        self._until_loaded(lambda page: page != before)

    def _until_loaded(self, meant: Callable[[str], bool]) -> None:
        """Wait for a page and its fonts. An earlier one may have said only now that it was loaded."""
        while not (loaded := [page for page in map(_loaded, self._events) if page and meant(page)]):
            self._events.append(self._read())
        self._there = loaded[-1]
        self._events.clear()
        self.said("document.fonts.ready.then(() => true)")

    def type(self, text: str) -> None:
        """Type where the cursor stands."""
        self.call("Input.insertText", text=text)

    def press(self, key: str) -> None:
        """Press a key."""
        named = {"key": key, "code": key, "windowsVirtualKeyCode": KEYS[key]}
        self.call("Input.dispatchKeyEvent", type="keyDown", text="\r" if key == "Enter" else "", **named)
        self.call("Input.dispatchKeyEvent", type="keyUp", **named)

    def said(self, asked: str) -> Any:
        """What a question about the page comes to."""
        found = self.call("Runtime.evaluate", expression=asked, awaitPromise=True, returnByValue=True)
        return found["result"].get("value")

    def text(self) -> str:
        """What a person reads."""
        return str(self.said("document.body.innerText"))

    def picture(self, file: Path) -> None:
        """Write what a person sees as a PNG."""
        file.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))

    def faults(self) -> list[str]:
        """What went wrong while the last page was loaded, as the browser logs it."""
        self.call("Runtime.evaluate", expression="0")
        return self._logged

    def _read(self) -> dict[str, Any]:
        whole = bytearray()
        while (one := self._hears.read(1)) != b"\0":
            assert one, "the browser is gone"
            whole += one
        heard = dict(json.loads(whole))
        if heard.get("method") == "Log.entryAdded":
            self._logged.append(heard["params"]["entry"]["text"])
        return heard


def _loaded(event: dict[str, Any]) -> str:
    """The page that an event says is loaded; empty for other events."""
    said = event.get("params", {})
    is_it = event.get("method") == "Page.lifecycleEvent" and said["name"] == "load"
    return str(said["loaderId"]) if is_it else ""


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser with an empty profile, ended afterwards."""
    program = machine.program("chromium")
    assert program, machine.apt_line(machine.missing_for_tests())
    (in_read, in_write), (out_read, out_write) = os.pipe(), os.pipe()
    theirs = [fcntl.fcntl(one, fcntl.F_DUPFD, ABOVE_STANDARD) for one in (in_read, out_write)]
    words = [
        program, "--headless=new", "--remote-debugging-pipe", "--disable-gpu", "--disable-dev-shm-usage",
        "--no-first-run", "--hide-scrollbars", f"--window-size={WIDTH},{HEIGHT}",
    ]  # fmt: skip
    words += ["--no-sandbox"] if machine.is_root() else []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        running = subprocess.Popen(
            [sys.executable, "-c", LINES, *map(str, theirs), *words, f"--user-data-dir={profile}"],
            pass_fds=theirs, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for one in (in_read, out_write, *theirs):
            os.close(one)
        with os.fdopen(in_write, "wb") as says, os.fdopen(out_read, "rb") as hears:
            made = Browser(says, hears)
            try:
                made.call("Emulation.setDeviceMetricsOverride", width=WIDTH, height=HEIGHT,
                          deviceScaleFactor=1, mobile=False)  # fmt: skip
                made.call("Emulation.setEmulatedMedia",
                          features=[{"name": "prefers-color-scheme", "value": "light"}])  # fmt: skip
                yield made
            finally:
                running.terminate()
                running.wait(ENDING_S)
