"""A print system of the tests' own: CUPS in a folder, at a socket file, its printers reached by IPP."""

import grp
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from counter_app import machine
from counter_app.printing import spooler

_FILES = """ServerRoot {root}
ServerBin /usr/lib/cups
DataDir {root}/data
RequestRoot {root}/spool
TempDir {root}/spool/tmp
CacheDir {root}/cache
StateDir {root}/state
AccessLog {root}/access
ErrorLog {root}/error
PageLog {root}/page
SystemGroup {group}
SyncOnClose No
"""
_SERVICE = """Listen {socket}
LogLevel warn
Browsing Off
WebInterface No
DefaultAuthType None
MaxLogSize 0
JobRetryInterval 1
JobRetryLimit 2
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
JobPrivateAccess all
JobPrivateValues none
<Limit All>
Order allow,deny
Allow all
</Limit>
</Policy>
"""
_PRINTER = """<Printer {name}>
DeviceURI {uri}
State Idle
Accepting Yes
Shared No
ErrorPolicy {policy}
</Printer>
"""
_TYPES = "application/pdf pdf string(0,%PDF)\napplication/vnd.cups-raw\napplication/octet-stream\n"


@contextmanager
def running(root: Path, printers: Mapping[str, str], policy: str = "abort-job") -> Iterator[Path]:
    """CUPS with these printers, name to address; yields its socket file, which CUPS_SERVER is to name."""
    program = machine.program("cupsd")
    assert program, f"There is no CUPS here. Type: {machine.apt_line(('cups-daemon',))}"
    for folder in ("data/mime", "spool/tmp", "cache", "state"):
        (root / folder).mkdir(parents=True)
    # A socket file's whole path must be short.
    socket = root / "s"
    group = grp.getgrgid(os.getgid()).gr_name
    (root / "data/mime/mime.types").write_text(_TYPES, "utf-8")
    (root / "data/mime/mime.convs").write_text("", "utf-8")
    (root / "files.conf").write_text(_FILES.format(root=root, group=group), "utf-8")
    (root / "cupsd.conf").write_text(_SERVICE.format(socket=socket), "utf-8")
    made = [_PRINTER.format(name=name, uri=uri, policy=policy) for name, uri in printers.items()]
    (root / "printers.conf").write_text("".join(made), "utf-8")
    command = [program, "-f", "-c", root / "cupsd.conf", "-s", root / "files.conf"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("CUPS_SERVER", str(socket))
                waiting = range(2000)
                for _ in waiting:
                    if spooler.names():
                        break
                    with suppress(subprocess.TimeoutExpired):
                        process.wait(0.01)
                yield socket
        finally:
            process.terminate()
