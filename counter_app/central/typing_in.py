"""Passwords as somebody types them at a command."""

import getpass
import sys


def typed_password(code: str) -> str:
    """Typed twice without being shown, or the first line of what comes in where nobody types."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    while (typed := getpass.getpass(f"Password of {code}: ")) != getpass.getpass("Once more: "):
        sys.stderr.write("They differ. Type both again.\n")
    return typed
