"""Screens: PySide6 widgets. They ask the desk off the UI thread and show what comes back."""

import builtins

import PySide6.QtCore  # noqa: F401 - it puts its own import in the place of Python's

# PySide6's import reads the source text of every module that comes after it, to see whether it uses
# "__feature__", and keeps the text for good: a twentieth of the start and 15 MB. Nothing here uses it.
builtins.__import__ = vars(builtins).get("__orig_import__", builtins.__import__)
