"""Make CounterSans-Regular.ttf and CounterSans-Bold.ttf out of Debian's Noto fonts.

    python make_counter_sans.py [FOLDER OF THE NOTO FONTS]

Latin letters, digits and signs from Noto Sans, Devanagari from Noto Sans Devanagari, arrows and a few
marks from Noto Sans Symbols and Symbols 2 (the last has one weight only). Needs fontTools. The same
input gives the same bytes; ``SHA256SUMS`` is written beside them.
"""

import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.merge import Merger, Options
from fontTools.subset import Options as SubsetOptions
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont

NOTO = Path("/usr/share/fonts/truetype/noto")
HERE = Path(__file__).resolve().parent

LATIN = {
    *range(0x20, 0x7F), *range(0xA0, 0xAD), *range(0xAE, 0x180), 0x192, *range(0x218, 0x21C),
    *range(0x2C6, 0x2C8), *range(0x2D8, 0x2DE), *range(0x2010, 0x2016), *range(0x2018, 0x2023), 0x2026,
    0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x20AC, 0x20B9, 0x2116, 0x2122, 0xFFFD,
}  # fmt: skip
DEVANAGARI = {
    *range(0x900, 0x980), *range(0x1CD0, 0x1CFA), 0x200C, 0x200D, 0x20F0, 0x2212, 0x25CC,
    *range(0xA830, 0xA83A), *range(0xA8E0, 0xA900),
}  # fmt: skip
ARROWS = set(map(ord, "←↑→↓"))
MARKS = set(map(ord, "✓■□▲▼●○⏎⌫⇧"))

PARTS = {
    "Regular": (
        ("NotoSans-Regular.ttf", LATIN),
        ("NotoSansDevanagari-Regular.ttf", DEVANAGARI),
        ("NotoSansSymbols-Regular.ttf", ARROWS),
        ("NotoSansSymbols2-Regular.ttf", MARKS),
    ),
    "Bold": (
        ("NotoSans-Bold.ttf", LATIN),
        ("NotoSansDevanagari-Bold.ttf", DEVANAGARI),
        ("NotoSansSymbols-Bold.ttf", ARROWS),
        ("NotoSansSymbols2-Regular.ttf", MARKS),
    ),
}
ASCENT, DESCENT = 1069, -408  # the higher of the two scripts' and the deeper
DATE = int(
    (datetime(2020, 12, 25, tzinfo=UTC) - datetime(1904, 1, 1, tzinfo=UTC)).total_seconds()
)  # of the Noto package
LICENCE = "This Font Software is licensed under the SIL Open Font License, Version 1.1."
LICENCE_ADDRESS = "https://openfontlicense.org"
SCRIPTS_FEATURES = [
    "akhn", "abvs", "abvm", "blwf", "blwm", "blws", "ccmp", "cjct", "dist", "half", "haln", "kern", "locl",
    "mark", "mkmk", "nukt", "pres", "psts", "rkrf", "rphf", "vatu",
]  # fmt: skip


def part(file: Path, characters: set[int]) -> TTFont:
    """One of the fonts, cut down to some characters and all that shaping makes of them."""
    font = TTFont(file, recalcTimestamp=False)
    there = characters & set(font.getBestCmap())
    options = SubsetOptions()
    options.hinting = False
    options.layout_features = SCRIPTS_FEATURES
    options.name_IDs = [0]
    options.notdef_outline = True
    options.drop_tables += ["DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=there)
    subsetter.subset(font)
    return font


def merged(weight: str, noto: Path) -> TTFont:
    """The parts of one weight in one font, under our own name."""
    copyrights = []
    with TemporaryDirectory() as folder:
        files = []
        for place, (name, characters) in enumerate(PARTS[weight]):
            font = part(noto / name, characters)
            copyrights.append(f"{name.partition('-')[0]}: {font['name'].getDebugName(0)}")
            files.append(str(Path(folder, f"{place}.ttf")))
            font.save(files[-1])
        font = Merger(Options(drop_tables=["gasp"])).merge(files)
        font.recalcTimestamp = False
        _name(font, weight, "\n".join(copyrights))
        _measure(font, weight)
        return font


def _name(font: TTFont, weight: str, copyright_lines: str) -> None:
    names = font["name"]
    names.names = []
    for number, text in {
        0: copyright_lines,
        1: "CounterSans",
        2: weight,
        3: f"1.000;CounterSans-{weight}",
        4: f"CounterSans {weight}",
        5: "Version 1.000",
        6: f"CounterSans-{weight}",
        13: LICENCE,
        14: LICENCE_ADDRESS,
    }.items():
        names.setName(text, number, 3, 1, 0x409)


def _measure(font: TTFont, weight: str) -> None:
    """Line metrics that hold both scripts, and a fixed date so that the bytes are the same again."""
    font["hhea"].ascent = font["OS/2"].sTypoAscender = font["OS/2"].usWinAscent = ASCENT
    font["hhea"].descent = font["OS/2"].sTypoDescender = DESCENT
    font["OS/2"].usWinDescent = -DESCENT
    font["hhea"].lineGap = font["OS/2"].sTypoLineGap = 0
    font["OS/2"].usWeightClass = 700 if weight == "Bold" else 400
    font["OS/2"].fsSelection = 0x20 if weight == "Bold" else 0x40
    font["OS/2"].achVendID = "NONE"
    font["head"].macStyle = 1 if weight == "Bold" else 0
    font["head"].fontRevision = 1.0
    font["head"].created = font["head"].modified = DATE


def main() -> None:
    """Write both weights and their checksums."""
    noto = Path(sys.argv[1]) if len(sys.argv) > 1 else NOTO
    sums = []
    for weight in PARTS:
        file = HERE / f"CounterSans-{weight}.ttf"
        merged(weight, noto).save(file)
        sums.append(f"{sha256(file.read_bytes()).hexdigest()}  {file.name}\n")
    (HERE / "SHA256SUMS").write_text("".join(sums), "utf-8")


if __name__ == "__main__":
    main()
