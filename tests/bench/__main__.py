"""``python -m tests.bench NAME --json``: the figures of the program, measured in one run.

Prints one JSON object a line, {"name", "value", "unit", "goal", "ok"}; ends 1 when one is not ok.
"""

import argparse
import sys
from pathlib import Path

from tests.bench import (
    channels,
    complaints,
    crash,
    data,
    desk,
    drawer,
    fold,
    paper,
    search,
    ship,
    simulate,
    snapshot,
    start,
    sync,
    window,
)


def _parser() -> argparse.ArgumentParser:
    """The benches' names, and how much of each."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    names = ["start", "desk", "crash", "data", "simulate", "sync", "search", "fold", "paper", "drawer",
             "complaints", "channels", "snapshot", "ship", "window"]  # fmt: skip
    parser.add_argument("name", choices=names)
    parser.add_argument("--json", action="store_true", help="one JSON object a line (the only form)")
    parser.add_argument("--kills", type=int, default=500, help="crash: how often to kill")
    parser.add_argument("--consumers", type=int, default=50_000, help="desk, search: size of the office")
    parser.add_argument("--pairs", type=Path, help="fold: a CSV of Devanagari and Latin spellings")
    parser.add_argument(
        "--only",
        choices=[*data.PARTS, *sync.PARTS, *sync.ASKED_FOR, *drawer.PARTS],
        help="data, sync, drawer: one part of it",
    )
    parser.add_argument("--clicks", type=int, default=100_000, help="drawer: how often Enter is pressed")
    parser.add_argument("--receipts", type=int, default=1_000_000, help="drawer: numbers given out")
    parser.add_argument("--steps", type=int, default=20_000, help="drawer: steps of days at random")
    parser.add_argument("--hours", type=int, default=8, help="window: how long somebody works")
    parser.add_argument("--runs", type=int, default=300, help="simulate: how many seeds")
    parser.add_argument("--deb", type=Path, help="ship: a package that is there (one is built)")
    return parser


def main() -> int:
    """Measure and print."""
    parser = _parser()
    asked = parser.parse_args()
    if asked.name == "crash":
        figures = crash.measure(asked.kills)
    elif asked.name == "desk":
        figures = desk.measure(asked.consumers)
    elif asked.name == "data":
        figures = data.measure(asked.only)
    elif asked.name == "sync":
        figures = sync.measure(asked.only)
    elif asked.name == "drawer":
        figures = drawer.measure(asked.only, asked.clicks, asked.receipts, asked.steps)
    elif asked.name in {"channels", "snapshot"}:
        figures = [*(channels.measure() if asked.name == "channels" else ()), *snapshot.measure()]
    elif asked.name == "complaints":
        figures = complaints.measure()
    elif asked.name == "simulate":
        figures = simulate.measure(asked.runs)
    elif asked.name == "paper":
        figures = paper.measure()
    elif asked.name == "ship":
        figures = ship.measure(asked.deb)
    elif asked.name == "window":
        figures = window.measure(asked.hours)
    elif asked.name == "search":
        figures = search.measure(asked.consumers)
    elif asked.name == "fold":
        if asked.pairs is None:
            parser.error("fold needs --pairs FILE")
        figures = fold.measure(asked.pairs)
    else:
        figures = start.measure()
    for figure in figures:
        print(figure.line(), flush=True)
    return 0 if all(figure.ok for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
