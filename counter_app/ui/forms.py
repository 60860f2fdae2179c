"""A card of fields that Enter walks through."""

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtWidgets import QGridLayout

from counter_app.ui.fields import Field
from counter_app.ui.parts import Card
from counter_app.ui.text import heading
from counter_app.words.say import Both


class Form(Card):
    """Fields by name in one column or more, read line by line."""

    def __init__(self, head: Both, fields: Mapping[str, Field], *, columns: int = 1) -> None:
        super().__init__(spacing=8)
        self.fields = dict(fields)
        self._head = heading(head, "lead")
        self.body.addWidget(self._head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(2)
        for place, field in enumerate(self.fields.values()):
            grid.addWidget(field, place // columns, place % columns)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid)

    def show_head(self, head: Both) -> None:
        """Another heading."""
        self._head.show_runs(*heading(head, "lead").runs())

    def texts(self) -> dict[str, str]:
        """What was typed, by name."""
        return {name: field.text() for name, field in self.fields.items()}

    def begin(self) -> None:
        """The cursor goes into the first field."""
        next(iter(self.fields.values())).edit.setFocus()

    def has_focus(self) -> bool:
        """Whether the cursor is in one of the fields."""
        return any(field.has_focus() for field in self.fields.values())

    def is_last(self) -> bool:
        """Whether the cursor is in the last field."""
        return [*self.fields.values()][-1].has_focus()

    def walk(self) -> bool:
        """Enter: to the next field; False when the cursor was in the last one."""
        for field, following in pairwise(self.fields.values()):
            if field.has_focus():
                following.edit.setFocus()
                return True
        if not self.is_last():
            self.begin()
            return True
        return False
