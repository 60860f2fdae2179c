"""Set line by line from the top: paper from an 80 mm roll, or a column of a wider page."""

from collections.abc import Sequence
from dataclasses import replace

from counter_app.documents.codes import modules, stripes
from counter_app.documents.lines import Span, elided, fitted, row, width, wrapped
from counter_app.documents.page import POINT, Align, Barcode, Box, Code, Fill, Item, Line, Sheet, Text
from counter_app.words.say import Both

WIDTH = 80.0
LEFT, RIGHT = 4.0, 76.0  # 72 mm are printable: 576 dots
ROOM = RIGHT - LEFT
MIDDLE = WIDTH / 2

SMALL, BODY, STRONG, NAME = 8.0, 8.5, 9.5, 10.0
LEADING = 1.5  # of Devanagari, without exception
_ASCENT = 1.08  # from the top of a line to its baseline, in sizes
_PAIR_GAP = 2.0
_THIN, _THICK = 0.25, 0.4
_FRAME_GAP = 1.5
DOT = "·"
"""Between a text in one language and the same in the other."""
UNKNOWN = "–"
"""Stands beside a label of which nothing is known."""
_DASH = 0.8
_CODE_MODULE = 0.5
_MODULE = 0.25  # millimetres: two of eight dots
_BARCODE_HEIGHT = 8.0


class Roll:
    """A sheet, or a column between ``left`` and ``right``, under way: ``y`` is how far down it is set."""

    def __init__(self, left: float = LEFT, right: float = RIGHT, y: float = 3.0) -> None:
        self.items: list[Item] = []
        self._paragraphs: list[tuple[float, list[Text]]] = []
        self.left, self.right, self.y = left, right, y
        self.room, self.middle = right - left, (left + right) / 2

    def sheet(self) -> Sheet:
        """What was set, with a margin to tear off."""
        return Sheet(WIDTH, round(self.y + 4.0, 1), tuple(self.items))

    def cut(self, top: float, bottom: float) -> list[list[Item]]:
        """Paragraphs that were set from 0 down, none torn, in pieces that begin at ``top`` and end above
        ``bottom``.
        """
        pieces, begin = list[list[Item]](), 0.0
        for upper, lines in self._paragraphs:
            if not pieces or top + lines[-1].y - begin > bottom:
                begin = upper
                pieces.append([])
            pieces[-1] += [replace(line, y=top + line.y - begin) for line in lines]
        return pieces

    def gap(self, height: float) -> None:
        """White space."""
        self.y += height

    def dashes(self, *, static: bool = False) -> None:
        """A dashed rule between groups."""
        self._rule(_THIN, _DASH, static=static)

    def rule(self, *, static: bool = False) -> None:
        """A solid rule, for the amount."""
        self._rule(_THICK, 0.0, static=static)

    def _rule(self, thickness: float, dash: float, *, static: bool) -> None:
        self.y += 1.4
        self.items.append(Line(self.left, self.y, self.right, self.y, thickness, dash, static=static))
        self.y += 1.4

    def baseline(self, size: float) -> float:
        """Go one line of that size down and return its baseline."""
        top = self.y
        self.y += size * POINT * LEADING
        return top + size * POINT * _ASCENT

    def centred(self, spans: Sequence[Span], size: float) -> None:
        """Pieces in the middle; below each other when they do not fit side by side."""
        if width(spans, size) <= self.room:
            self.items += row(spans, self.middle, self.baseline(size), size, Align.CENTRE)
            return
        for span in spans:
            for line in wrapped(span.text, size, self.room, bold=span.bold):
                self.items += row(
                    [Span(line, span.bold)], self.middle, self.baseline(size), size, Align.CENTRE
                )

    def paragraph(self, text: str, size: float = SMALL, *, bold: bool = False, static: bool = False) -> None:
        """A text from the left edge, over as many lines as it takes."""
        upper, lines = self.y, wrapped(text, size, self.room, bold=bold)
        made = [Text(self.left, self.baseline(size), line, size, bold=bold, static=static) for line in lines]
        self.items += made
        if made:
            self._paragraphs.append((upper, made))

    def sides(self, left: Sequence[Span], right: Sequence[Span], size: float = BODY) -> None:
        """Pieces at the left and at the right edge; below each other when they do not fit into one line."""
        if width(left, size) + _PAIR_GAP + width(right, size) <= self.room:
            y = self.baseline(size)
            self.items += row(left, self.left, y, size)
            self.items += row(right, self.right, y, size, Align.RIGHT)
            return
        self._stacked(left, size, Align.LEFT)
        self._stacked(right, size, Align.RIGHT)

    def names(self, hindi: str, english: str) -> None:
        """A name in both scripts: in one line, or, where it is long, each from the left edge."""
        spans = [Span(hindi, bold=True)], [Span(english)]
        if sum(width(one, NAME) for one in spans) + _PAIR_GAP <= self.room:
            self.sides(*spans, NAME)
        else:
            for one in spans:
                self._stacked(one, NAME, Align.LEFT)

    def _stacked(self, spans: Sequence[Span], size: float, align: Align) -> None:
        """Pieces on lines of their own at one edge."""
        x = self.left if align is Align.LEFT else self.right
        if width(spans, size) <= self.room:
            self.items += row(spans, x, self.baseline(size), size, align)
            return
        for span in spans:
            for line in wrapped(span.text, size, self.room, bold=span.bold):
                self.items += row([Span(line, span.bold)], x, self.baseline(size), size, align)

    def fact(self, label: Both, value: str, *, bold: bool = False) -> None:
        """A label in both languages and its value at the right edge."""
        self.sides(label_spans(label), [Span(value, bold)])

    def ruled_fact(self, label: Both, value: str) -> None:
        """A fact on one line always, so that its label can stand on a ready-made form."""
        spans = label_spans(label)
        room = self.room - width(spans, BODY) - _PAIR_GAP
        size = fitted(value, BODY, room, least=SMALL)
        y = self.baseline(BODY)
        self.items += row(spans, self.left, y, BODY, static=True)
        text = elided(value, size, room)
        self.items.append(Text(self.right, y, text, size, align=Align.RIGHT))

    def strong_fact(self, label: Both, value: str, *, static: bool = False) -> None:
        """A fact whose value stands out: larger and bold on the label's baseline; it never wraps."""
        room = self.room - width(label_spans(label), BODY) - _PAIR_GAP
        size = fitted(value, STRONG, room, bold=True, least=SMALL)
        y = self.baseline(STRONG)
        self.items += row(label_spans(label), self.left, y, BODY, static=static)
        self.items.append(Text(self.right, y, value, size, bold=True, align=Align.RIGHT))

    def boxed(self, spans: Sequence[Span], size: float, *, inverse: bool = False) -> None:
        """Framed across the paper, black on white or white on black. What does not fit is made smaller, and
        then stands on a line for each language.
        """
        room, wanted = self.room - 2 * _FRAME_GAP, size
        while width(spans, size) > room and size > SMALL:
            size -= 0.25
        lines = [spans]
        if width(spans, size) > room:
            lines = [[Span(part, span.bold)] for span in spans for part in span.text.split(f" {DOT} ")]
            size = min(fitted(text, wanted, room, bold=bold) for ((text, bold, _),) in lines)
        pitch = size * POINT * LEADING
        height = size * POINT * 1.9 + pitch * (len(lines) - 1)
        fill = Fill.BLACK if inverse else None
        self.items.append(Box(self.left, self.y, self.room, height, 0.0 if inverse else _THICK, fill))
        y = self.y + size * POINT * (1.9 / 2 + 0.36)
        for place, line in enumerate(lines):
            self.items += row(line, self.middle, y + place * pitch, size, Align.CENTRE, white=inverse)
        self.y += height

    def code(self, text: str) -> None:
        """A QR code in the middle: modules of four dots, with the white that it needs around it."""
        side = modules(text).side * _CODE_MODULE
        self.items.append(Code(round((self.middle - side / 2) / _MODULE) * _MODULE, self.y, side, text))
        self.y += side

    def barcode(self, text: str) -> None:
        """A barcode in the middle: modules of two dots, so that the print head draws them sharply."""
        wide = stripes(text).side * _MODULE
        x = round((self.middle - wide / 2) / _MODULE) * _MODULE
        self.items.append(Barcode(x, self.y, wide, _BARCODE_HEIGHT, text))
        self.y += _BARCODE_HEIGHT


def label_spans(label: Both, *, bold: bool = False) -> list[Span]:
    """A label as pieces: the leading language, then the second."""
    return [Span(text, bold) for text in label if text]
