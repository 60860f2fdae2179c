"""Every way of tampering at every entry of a small journal is found; the figure does it with a thousand."""

from tests.verify.tampering import Tamperer, header_fields

SMALL = 40


def test_every_tampering_is_found_and_nothing_else() -> None:
    export = Tamperer(SMALL)
    assert export.sound()
    export.try_out()
    assert not +export.missed
    assert export.told_otherwise == 0
    assert len(export.tried) == 17
    assert all(
        count >= SMALL - 1 for way, count in export.tried.items() if " line" not in way and "out" not in way
    )


def test_the_fields_cover_the_header() -> None:
    ends = [offset + size for offset, size in header_fields()]
    assert [offset for offset, _ in header_fields()] == [0, *ends[:-1]]
    assert ends[-1] == 216
