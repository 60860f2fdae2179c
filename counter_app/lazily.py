"""Standard modules that a library imports for a work the window does not do, or later: read at first use."""

import importlib
import sys
from functools import partial
from threading import Lock
from types import ModuleType
from typing import Any

UNUSED = {"asyncio": "iscoroutine", "importlib.metadata": "", "socket": "", "queue": ""}
"""What SQLAlchemy imports for asynchronous engines and for drivers it does not know, and ``logging.handlers``
for logs that go elsewhere: with all that these import in turn, more than a sixteenth of the program's start.
And the function of one that is taken at once, for later.
"""

_LOOKING = Lock()


class _Later(ModuleType):
    """Stands for a module until something of it is asked for, from whatever thread."""

    def __getattr__(self, name: str) -> object:
        return self.found(name)

    def found(self, name: str) -> Any:
        """What the module has under ``name``, the module being read for it."""
        with _LOOKING:
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]
        # Threads that come at once all wait here for the one import, by its own lock.
        module = importlib.import_module(self.__name__)
        vars(self).update(vars(module))
        return getattr(module, name)


def put_off() -> None:
    """From now on, importing one of these modules costs nothing until it is used."""
    for name, taken in UNUSED.items():
        if name in sys.modules:
            continue
        later = sys.modules[name] = _Later(name)
        if taken:
            setattr(later, taken, partial(_call, later, taken))
        parent, _, child = name.rpartition(".")
        if parent:
            setattr(importlib.import_module(parent), child, later)


def _call(later: _Later, name: str, *given: object) -> object:
    return later.found(name)(*given)
