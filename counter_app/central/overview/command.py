"""The command by which somebody may look at the overview."""

import json

from counter_app.central.overview.viewers import put_viewer
from counter_app.central.typing_in import typed_password
from counter_app.central.within import in_centre
from counter_app.wire.passwords import new_password_hash


def viewer(url: str, code: str, *, gone: bool, as_json: bool) -> int:
    """Let somebody look at the overview. ``PersonCodeWrong``, ``PasswordCommon``."""
    known_by = "" if gone else new_password_hash(typed_password(code), (code,))
    kept = in_centre(url, lambda transaction: put_viewer(transaction, code, known_by))
    said = f"{kept} {'signs in no more' if gone else 'may look at the overview'}."
    print(json.dumps({"ok": True, "code": kept, "gone": gone}) if as_json else said)
    return 0
