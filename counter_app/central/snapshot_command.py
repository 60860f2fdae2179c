"""The command that makes snapshots: kept for whoever asks, or as a file for one counter."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from counter_app.central import by_hand, compacting, company, gateway
from counter_app.central.database import retried
from counter_app.central.within import centre_at
from counter_app.progress import Progress, Watch, stoppable
from counter_app.words.say import N_, Language, say


def snapshot(url: str, named: Sequence[str], language: Language, *, as_json: bool) -> int:
    """Make a snapshot of each of these offices. ``OfficeUnknown``. After Ctrl+C those that are made stay, and
    of the one that was under way what was kept before.
    """
    told, lines = [], []
    with centre_at(url) as opened, _watched(language) as watch:
        for office in named:
            made = compacting.make(opened, office, gateway.now_ms(), watch(office))
            rows, size = sum(one.rows for one in made.chunks), sum(one.size for one in made.chunks)
            facts = {"office": office, "rows": rows, "bytes": size, "chunks": len(made.chunks)}
            told.append({**facts, "seq": made.cursor.seq})
            lines.append(f"{office}: {rows} rows, {size / 1e6:.1f} MB in {len(made.chunks)} chunks.")
    print(json.dumps({"ok": True, "snapshots": told}) if as_json else "\n".join(lines))
    return 0


def snapshot_for(
    url: str, office: str, counter: int, signing: Path, out: Path, language: Language, *, as_json: bool
) -> int:
    """Make a snapshot as a file for one counter. ``CompanyKeyOther``, ``OfficeUnknown``,
    ``DeviceNotEnrolled``, ``FileThere``, ``FileUnwritable``. After Ctrl+C there is no file.
    """
    with centre_at(url) as opened, _watched(language) as watch:
        key = retried(opened, lambda transaction: company.read_key(transaction, signing))
        data = by_hand.snapshot_for(opened, key, office, counter, gateway.now_ms(), watch(office))
    by_hand.write(out, data)
    facts: dict[str, object] = {"ok": True, "office": office, "counter": counter, "bytes": len(data)}
    said = f"{out} is for counter {counter} of office {office} alone: counter-app sync read."
    print(json.dumps(facts) if as_json else said)
    return 0


@contextmanager
def _watched(language: Language) -> Iterator[Callable[[str], Watch]]:
    """What watches the making of an office's snapshot, on a terminal; Ctrl+C is heard between two steps."""
    progress = Progress(language)
    with stoppable(progress) as stopped:

        def of(office: str) -> Watch:
            def watch(done: int, rows: int) -> None:
                text = N_("{office}: {percent} % gathered, {left} left. Ctrl+C stops it.")
                progress.show(done / rows if rows else 1, text, office=office)
                if stopped.is_set():
                    progress.end()
                    print(say(_STOPPED, language, office=office), file=sys.stderr)
                    raise KeyboardInterrupt

            return watch

        yield of


_STOPPED = N_("Stopped. Of {office} there is what was kept before.")
