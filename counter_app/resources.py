"""Where the bundled files lie: in the source tree, in an installed wheel, in a frozen program."""

import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """The path of a bundled file or folder, for example ``resource("fonts", "OFL.txt")``.

    It need not exist; whoever reads it says what is missing.
    """
    return _root().joinpath(*parts)


def example_client() -> Path:
    """The client of the channels that the documentation shows; it is packed into the wheel as well."""
    packed = resource("docs", "channel_client.py")
    return packed if packed.is_file() else Path(__file__).resolve().parents[1] / "docs" / "channel_client.py"


def _root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen, "resources")
    package = Path(__file__).resolve().parent
    packed = package / "_resources"
    return packed if packed.is_dir() else package.parent / "resources"
