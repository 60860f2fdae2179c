"""A session bus of a Linux desktop with its keyring, as far as the program speaks to them, on a socket."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jeepney import HeaderFields, Message, new_error, new_method_return
from jeepney.low_level import Parser

KEYRING = "org.freedesktop.secrets"
ERROR = "org.freedesktop.DBus.Error.NotSupported"


class SecretBus:
    """Answers what tells how the keyring stands, and refuses the rest; ``asked``: all that was asked for.

    ``known``: there is a default keyring. ``locked``: it would ask for its password.
    """

    def __init__(self, place: Path, *, known: bool = True, locked: bool = True) -> None:
        self.asked: list[str] = []
        self.address = f"unix:path={place}"
        self._known, self._locked = known, locked
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.bind(str(place))
        self._socket.listen()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def end(self) -> None:
        """Answer nobody any more."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self._socket.accept()
                with caller, suppress(OSError):
                    self._speak(caller)

    def _speak(self, caller: socket.socket) -> None:
        """Let a caller in, then answer one message after the other until it hangs up."""
        said, parser, serial = caller.makefile("rb"), Parser(), 0
        said.read(1)
        while said.readline() not in {b"BEGIN\r\n", b""}:
            caller.sendall(b"OK 0123456789abcdef0123456789abcdef\r\n")
        while heard := said.read(parser.bytes_desired()):
            parser.add_data(heard)
            message = parser.get_next_message()
            if message is not None:
                serial += 1
                caller.sendall(self._answer(message).serialise(serial))

    def _answer(self, message: Message) -> Message:
        member = message.header.fields[HeaderFields.member]
        self.asked.append(member)
        match member, *message.body:
            case ["Hello"]:
                return new_method_return(message, "s", (":1.1",))
            case ["AddMatch", _]:
                return new_method_return(message)
            case ["NameHasOwner", name]:
                return new_method_return(message, "b", (name == KEYRING,))
            case ["Get", _, "Label"] if self._known:
                return new_method_return(message, "v", (("s", "Login"),))
            case ["Get", _, "Locked"] if self._known:
                return new_method_return(message, "v", (("b", self._locked),))
            case ["Get", *_]:
                return new_error(message, "org.freedesktop.DBus.Error.UnknownObject", "s", ("none",))
        return new_error(message, ERROR, "s", ("not here",))


@contextmanager
def secret_bus(place: Path, *, known: bool = True, locked: bool = True) -> Iterator[SecretBus]:
    """Such a bus, for a while."""
    bus = SecretBus(place, known=known, locked=locked)
    try:
        yield bus
    finally:
        bus.end()
