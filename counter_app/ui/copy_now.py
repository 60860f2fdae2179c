"""Copies of the data that somebody asked for."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from counter_app.domain.backup_refusals import BackupStopped
from counter_app.ui.long_work import LongWork

if TYPE_CHECKING:
    from counter_app.desk.backups import Outcome
    from counter_app.desk.desk import Desk
    from counter_app.domain.people import Session


class CopyNow(LongWork):
    """Steps are pages; when all are copied, the check follows. ``copied``: so many copies are made and
    checked. What failed goes to the background's ``trouble``.
    """

    copied = Signal(int)
    stopped = BackupStopped

    def begin(self, desk: "Desk", session: "Session", at: datetime) -> None:
        """Make a copy in each place that was chosen, beside the work."""
        from counter_app.desk import backups

        self._begin(0, 1)
        self._background.copies(
            lambda: backups.back_up_now(desk, session, at, self.watch), self._made, self._not_made
        )

    def _made(self, outcomes: "tuple[Outcome, ...]") -> None:
        failed = [one.refusal for one in outcomes if one.refusal is not None]
        self._end()
        if failed:
            self._background.trouble.emit(failed[0])
        else:
            self.copied.emit(len(outcomes))
