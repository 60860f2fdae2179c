"""What nobody foresaw goes to a file, without a word of what was typed."""

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys, threading
from pathlib import Path
from counter_app.ui import crash
from PySide6.QtCore import qWarning
crash.watch(Path(sys.argv[1]))
qWarning("the platform says something")
thread = threading.Thread(target=lambda: int("सुरेश 9826048210"))
thread.start()
thread.join()
raise ValueError("सुरेश मालवीय")
"""


def test_faults_of_all_kinds_are_noted_without_what_was_typed(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "office")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    noted = (tmp_path / "office" / "faults.txt").read_text("utf-8")
    assert noted.count("ValueError") == 2
    assert "Qt: the platform says something" in noted
    assert "सुरेश" not in noted + done.stderr
    assert "9826048210" not in noted + done.stderr
