"""Code 128 as a library of its own writes it, and as a reader reads it."""

import barcode
import pytest
import zxingcpp
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from counter_app.documents.code128 import widths
from counter_app.documents.codes import stripes

# The library loses a pair 99 at the beginning, so no office of it is among these.
NUMBERS = st.from_regex(
    r"[1-8][0-9]{3}-[1-9]-([0-9]{6}|[CXZMKS][0-9]{5})-[0-9A-HJKMNP-TV-Z]{3}", fullmatch=True
)
CONSUMERS = st.from_regex(r"N[0-9]{10}", fullmatch=True)
SIGNS = st.text(st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ-"), min_size=1, max_size=24)


def dots(text: str) -> bytes:
    """One row, a byte a module, white around."""
    code = stripes(text)
    row = bytearray(b"\xff" * (code.side + 20))
    for run in code.runs:
        row[10 + run.start : 10 + run.start + run.length] = bytes(run.length)
    return bytes(row)


def by_the_library(text: str) -> str:
    drawn: str = barcode.get_barcode_class("code128")(text).build()[0]
    return drawn


@given(st.one_of(NUMBERS, CONSUMERS))
def test_our_numbers_are_written_as_the_library_writes_them(text: str) -> None:
    ours = "".join("01"[at % 2 == 0] * int(wide) for at, wide in enumerate(widths(text)))
    assert ours == by_the_library(text)


@given(SIGNS)
@example("9901-1-000007-Q7M")
def test_whatever_is_written_is_read(text: str) -> None:
    row = dots(text)
    image = Image.frombytes("L", (len(row), 1), row).resize((3 * len(row), 40), Image.Resampling.NEAREST)
    (found,) = zxingcpp.read_barcodes(image)
    assert (found.text, found.format) == (text, zxingcpp.BarcodeFormat.Code128)


@pytest.mark.parametrize("text", ["", "बिल", "a\n"])
def test_what_it_cannot_say_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{text}$" if text.isprintable() else "a"):
        widths(text)
