"""A path as somebody types it."""

from pathlib import Path

from counter_app.whole_file import typed_path


def test_a_home_is_meant_where_there_is_one() -> None:
    assert typed_path(" ~/copies ") == Path.home() / "copies"
    assert typed_path("~nobody-of-that-name/copies") == Path("~nobody-of-that-name/copies")
