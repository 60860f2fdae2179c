"""The tokens of the look as they stand in ``resources/theme``, before Qt knows anything of them."""

import tomllib
from functools import lru_cache

from counter_app.resources import resource


@lru_cache
def colours(*, dark: bool) -> dict[str, str]:
    """Colour tokens of a theme: name to "#RRGGBB"."""
    return {name: str(value) for name, value in _read()["dark" if dark else "light"].items()}


@lru_cache
def sizes() -> dict[str, tuple[float, int]]:
    """Sizes of type: name to points and line height in logical pixels."""
    found: dict[str, tuple[float, int]] = {}
    for name, pair in _read()["type"].items():
        if isinstance(pair, list):
            found[name] = (float(pair[0]), int(pair[1]))
    return found


@lru_cache
def _read() -> dict[str, dict[str, object]]:
    return tomllib.loads(resource("theme", "tokens.toml").read_text("utf-8"))
