"""The help window, with the pages that are shipped, and the words about the program."""

from __future__ import annotations

import os

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from studio.ui import resources
from studio.ui.dialogs.typesetting import set_page
from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button, Look
from studio.ui.widgets.labels import dim_label, heading
from studio.ui.widgets.mirrored import set_margins
from studio.ui.widgets.page_list import PageList

START = "index"
PAGES = {
    "generate": "remove-an-object",
    "layers": "layers",
    "masks": "masks",
    "history": "history",
    "gallery": "gallery",
}
"""The page of each panel, by the names of the docks."""
COMMAND_SCHEME = "command"


def page_of(panel: str) -> str:
    """The page to show for the focused panel; the first one for the canvas and where a page is missing."""
    page = PAGES.get(panel, START)
    return page if _file(page) else START


class HelpWindow(QDialog):
    """Shows shipped pages alone; a link of the form `command:mask.invert` runs that command."""

    asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Help"))
        self.resize(900, 660)
        self.list = PageList(tr("Help pages"), pages())
        self.browser = QTextBrowser()
        self.browser.setAccessibleName(tr("Help page"))
        self.browser.setOpenLinks(False)
        self.browser.setSearchPaths([resources.path("help")])
        self.browser.anchorClicked.connect(self._follow)
        self.list.currentItemChanged.connect(lambda: self.turn_to(self.list.page()))
        row = QHBoxLayout(self)
        set_margins(row, 8, 8, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.list)
        row.addWidget(self.browser, 1)

    def turn_to(self, page: str) -> None:
        """Show a page by its name."""
        path = _file(page)
        if path:
            self.browser.setSource(QUrl.fromLocalFile(path))
            set_page(self.browser.document(), tokens_of(self))
        else:
            self.browser.setPlainText(tr("This page is missing. Install Overpaint again to bring it back."))
        self.list.turn_to(page)

    def _follow(self, link: QUrl) -> None:
        if link.scheme() == COMMAND_SCHEME:
            self.asked.emit(link.path())
        elif link.isRelative() or link.isLocalFile():
            self.turn_to(os.path.splitext(os.path.basename(link.path()))[0])


class AboutDialog(QDialog):
    """Name, version, licence."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("About Overpaint"))
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(heading("Overpaint"))
        version = QApplication.applicationVersion()
        words.addWidget(dim_label(tr("Version {version}", version=version) if version else tr("Development version")))
        words.addSpacing(8)
        for line in (
            tr("Paint a mask, say what should be there, keep every result."),
            tr("Apache License 2.0. Icons by Lucide, ISC licence."),
        ):
            words.addWidget(dim_label(line))
        sign = QLabel()
        sign.setPixmap(QIcon(resources.path("overpaint.svg")).pixmap(QSize(64, 64), self.devicePixelRatioF()))
        sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(sign)
        row.addLayout(words, 1)
        close = Button(tr("Close"), look=Look.EDGED)
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addLayout(row)
        column.addLayout(foot)


def pages() -> list[tuple[str, str]]:
    """Names and titles of the shipped pages, the first one first."""
    folder = resources.path("help")
    found: dict[str, str] = {}
    if os.path.isdir(folder):
        for name in sorted(os.listdir(folder)):
            stem, ending = os.path.splitext(name)
            if ending in (".html", ".md"):
                found[stem] = _title(os.path.join(folder, name)) or stem.replace("-", " ").capitalize()
    return sorted(found.items(), key=lambda page: (page[0] != START, page[1]))


def _title(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("# "):
                return line[2:].strip()
            if "<title>" in line:
                return line.partition("<title>")[2].partition("</title>")[0].strip()
    return ""


def _file(page: str) -> str:
    for ending in (".html", ".md"):
        path = resources.path("help", page + ending)
        if os.path.isfile(path):
            return path
    return ""
