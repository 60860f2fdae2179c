"""The part of the typeface that one document uses, as it is embedded into its PDF.

A code of the PDF stands for a glyph together with what that stands for in the text, so that a text
copied out reads as it was written. Codes are given in the order of first use: the same document, the
same codes, whatever was made before it in the same process.
"""

import struct
import zlib
from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache
from itertools import count
from typing import NamedTuple

import uharfbuzz
from fpdf.syntax import PDFObject

from counter_app.documents.fonts import FAMILY, FONT_FILES, advance

_NOT_DRAWN = ("GSUB", "GPOS", "GDEF", "OS/2", "name", "post")
_LEVEL = 3  # half the time of the usual 6, and 4 % more bytes
_AT_A_TIME = 100  # a character map lists no more in a block
_TEXTS_KEPT = 8192
_NOTHING = "\u200b"  # what the later glyphs of a cluster stand for: a space without width
_BOX_IN_HEAD = 36
_SYMBOLIC = 4
_STEMS = {False: 88, True: 166}
_CAP_HEIGHT = 714
_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{blocks}endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


class Meaning(NamedTuple):
    """A glyph and what it stands for in the text."""

    glyph: int
    text: str


class Codes(defaultdict[Meaning, str]):
    """The codes of one weight in one document, in hexadecimal, given at first use from 1."""

    def __init__(self) -> None:
        super().__init__(map("{:04X}".format, count(1)).__next__)


class _Face(NamedTuple):
    """A weight as it is embedded: its outlines, and its measures in font units."""

    outlines: uharfbuzz.Face
    box: str
    ascent: int
    descent: int


def packed(stream: bytes) -> bytes:
    """A stream as it stands in the file."""
    return zlib.compress(stream, _LEVEL)


class Part(PDFObject):
    """An object of a PDF as its entries, and its stream, not yet compressed, where it has one."""

    def __init__(self, entries: str, stream: bytes | None = None) -> None:
        super().__init__()
        self._entries = entries
        self._stream = None if stream is None else packed(stream)

    def serialize(self, *_others: object, **_more: object) -> str:
        """The object as it stands in the file, a character a byte."""
        if self._stream is None:
            return f"{self.id} 0 obj\n<<{self._entries}>>\nendobj"
        entries = f"{self._entries}/Filter /FlateDecode /Length {len(self._stream)}"
        stream = self._stream.decode("latin-1")
        return f"{self.id} 0 obj\n<<{entries}>>\nstream\n{stream}\nendstream\nendobj"


def font(bold: bool, codes: Codes, add: Callable[[PDFObject], int]) -> Part:
    """The used part of a weight as the object that pages refer to; ``add`` puts an object into the file."""

    def put(entries: str, stream: bytes | None = None) -> Part:
        part = Part(entries, stream)
        add(part)
        return part

    face = _face(bold)
    name = f"/COUNTR+{FAMILY}-{'Bold' if bold else 'Regular'}"
    used = _used_part(face.outlines, codes)
    outlines = put(f"/Length1 {len(used)}", used)
    described = put(
        f"/Type /FontDescriptor /FontName {name} /Flags {_SYMBOLIC} /ItalicAngle 0 /StemV {_STEMS[bold]} "
        f"/FontBBox [{face.box}] /Ascent {face.ascent} /Descent {face.descent} /CapHeight {_CAP_HEIGHT} "
        f"/FontFile2 {outlines.ref}"
    )
    glyphs = put("", struct.pack(f">{len(codes) + 1}H", 0, *(one.glyph for one in codes)))
    widths = " ".join(str(advance(one.glyph, bold)) for one in codes)
    system = "<</Registry (Adobe) /Ordering (Identity) /Supplement 0>>"
    part = put(
        f"/Type /Font /Subtype /CIDFontType2 /BaseFont {name} /CIDSystemInfo {system} "
        f"/FontDescriptor {described.ref} /DW 0 /W [1 [{widths}]] /CIDToGIDMap {glyphs.ref}"
    )
    texts = put("", _character_map(codes))
    return put(
        f"/Type /Font /Subtype /Type0 /BaseFont {name} /Encoding /Identity-H "
        f"/DescendantFonts [{part.ref}] /ToUnicode {texts.ref}"
    )


def _used_part(outlines: uharfbuzz.Face, codes: Codes) -> bytes:
    """The font file with the outlines of the used glyphs, each under its own number."""
    wanted = uharfbuzz.SubsetInput()
    wanted.flags = uharfbuzz.SubsetFlags.RETAIN_GIDS
    wanted.glyph_set.update(meaning.glyph for meaning in codes)
    return bytes(wanted.subset(outlines).blob.data)


def _character_map(codes: Codes) -> bytes:
    """What every code stands for."""
    lines = [f"<{code}> <{_utf_16(meaning.text)}>\n" for meaning, code in codes.items()]
    blocks = ""
    for start in range(0, len(lines), _AT_A_TIME):
        block = lines[start : start + _AT_A_TIME]
        blocks += f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n"
    return _CMAP.format(blocks=blocks).encode("ascii")


@lru_cache(_TEXTS_KEPT)
def _utf_16(text: str) -> str:
    return (text or _NOTHING).encode("utf-16-be").hex().upper()


@lru_cache
def _face(bold: bool) -> _Face:
    """A weight without its shaping rules: shaping is done before, and its tables only cost time."""
    whole = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(FONT_FILES[bold])))
    wanted = uharfbuzz.SubsetInput()
    wanted.flags = uharfbuzz.SubsetFlags.RETAIN_GIDS | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode("ascii")) for tag in _NOT_DRAWN)
    wanted.glyph_set.update(range(whole.glyph_count))
    extents = uharfbuzz.Font(whole).get_font_extents("ltr")
    box = struct.unpack_from(">4h", whole.reference_table("head").data, _BOX_IN_HEAD)
    return _Face(
        uharfbuzz.subset_preprocess(wanted.subset(whole)),
        " ".join(map(str, box)),
        extents.ascender,
        extents.descender,
    )
