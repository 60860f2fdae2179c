"""New records take the place of those in a folder: whole or not at all, and a kill in between is made good.

What is to come lies ready in a folder of its own. That folder's name is the decision: once it stands, whoever
opens the records next finishes what was begun. The old files are kept beside.
"""

from datetime import datetime
from pathlib import Path

from counter_app.whole_file import flush_folder

STAGE = "restoring"
READY = "restored"

_DATABASE, _ANCHOR = "counter.db", "counter.anchor"
_BESIDE = {_ANCHOR: (), _DATABASE: ("-wal", "-shm")}


def replace(folder: Path, at: datetime) -> Path | None:
    """Let what lies in the folder's stage take its place; where the old files are now, None without any."""
    stage = folder / STAGE
    kept = f"replaced-{at:%Y%m%dT%H%M%SZ}"
    (stage / kept).mkdir(exist_ok=True)
    flush_folder(stage)
    stage.replace(folder / READY)
    flush_folder(folder)
    finish(folder)
    return folder / kept if (folder / kept).exists() else None


def finish(folder: Path) -> None:
    """Go on with what was decided, as far as it was not done; nothing when nothing was."""
    ready = folder / READY
    if not ready.is_dir():
        return
    kept = next(iter(sorted(ready.glob("replaced-*"))), ready / "replaced")
    # The log goes away before its database: beside another one it would spoil that.
    for name, endings in _BESIDE.items():
        if (ready / name).exists():
            for old in (*(f"{name}{ending}" for ending in endings), name):
                if (folder / old).exists():
                    (folder / old).replace(kept / old)
            flush_folder(folder)
            (ready / name).replace(folder / name)
            flush_folder(folder)
    if any(kept.iterdir()):
        kept.replace(folder / kept.name)
    else:
        kept.rmdir()
    clear(ready)
    flush_folder(folder)


def clear(stage: Path) -> None:
    """Take a stage away, with the files of one that came to nothing."""
    if stage.is_dir():
        for file in stage.iterdir():
            if file.is_dir():
                file.rmdir()
            else:
                file.unlink()
        stage.rmdir()
