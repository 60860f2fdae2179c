"""Screens: PySide6 widgets. They ask the desk off the UI thread and show what comes back."""
