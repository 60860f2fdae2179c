"""A keyring of the operating system for tests: what is kept lies in the file that the environment names."""

import json
import os
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.compat import properties
from keyring.errors import PasswordDeleteError

WHERE = "COUNTER_TEST_KEYRING"


class KeptKeys(KeyringBackend):
    """Keeps what it is given, for this process and those that it starts; none where no file is named."""

    @properties.classproperty
    def priority(self) -> float:
        if WHERE not in os.environ:
            raise RuntimeError
        return 5

    def get_password(self, service: str, username: str) -> str | None:
        return kept().get(f"{service}: {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        _keep(kept() | {f"{service}: {username}": password})

    def delete_password(self, service: str, username: str) -> None:
        known = kept()
        if known.pop(f"{service}: {username}", None) is None:
            raise PasswordDeleteError
        _keep(known)


def kept() -> dict[str, str]:
    """All that is in it."""
    file = Path(os.environ[WHERE])
    return json.loads(file.read_text("utf-8")) if file.exists() else {}


def _keep(known: dict[str, str]) -> None:
    Path(os.environ[WHERE]).write_text(json.dumps(known), "utf-8")


def use_keyring(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    """Let this test and the processes that it starts have a keyring of their own."""
    before = keyring.get_keyring()  # this process's own, not the one that is named below
    monkeypatch.setenv(WHERE, str(file))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.kept_keys.KeptKeys")
    monkeypatch.setattr(keyring.core, "_keyring_backend", before)
    keyring.set_keyring(KeptKeys())
