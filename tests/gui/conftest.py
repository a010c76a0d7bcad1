"""The gui ring: widgets in this process, without a screen. pytest-qt's `qapp` is the one QApplication."""

from __future__ import annotations

import os

# Before the first QApplication, and whatever the person's own desktop says.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
