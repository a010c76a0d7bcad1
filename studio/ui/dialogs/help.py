"""The help window, with the pages that are shipped, and the words about the program."""

from __future__ import annotations

import os

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from studio.ui import resources
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button, Look
from studio.ui.widgets.labels import dim_label, heading

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
        self.resize(880, 640)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Help pages"))
        self.list.setFixedWidth(210)
        self.browser = QTextBrowser()
        self.browser.setAccessibleName(tr("Help page"))
        self.browser.setOpenLinks(False)
        self.browser.setSearchPaths([resources.path("help")])
        self.browser.anchorClicked.connect(self._follow)
        for name, title in pages():
            item = QListWidgetItem(title)
            item.setData(Qt.ItemDataRole.UserRole, name)
            self.list.addItem(item)
        self.list.currentItemChanged.connect(self._chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(12)
        row.addWidget(self.list)
        row.addWidget(self.browser, 1)

    def turn_to(self, page: str) -> None:
        """Show a page by its name."""
        path = _file(page)
        if path:
            self.browser.setSource(QUrl.fromLocalFile(path))
        else:
            self.browser.setPlainText(tr("This page is missing. Install Overpaint again to bring it back."))
        for at in range(self.list.count()):
            item = self.list.item(at)
            if item.data(Qt.ItemDataRole.UserRole) == page and self.list.currentItem() is not item:
                self.list.setCurrentItem(item)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.turn_to(item.data(Qt.ItemDataRole.UserRole))

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
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(heading("Overpaint"))
        version = QApplication.applicationVersion()
        column.addWidget(dim_label(tr("Version {version}", version=version) if version else tr("Development version")))
        column.addWidget(dim_label(tr("Paint a mask, say what should be there, keep every result."), wrap=True))
        column.addWidget(dim_label(tr("Apache License 2.0. Icons by Lucide, ISC licence.")))
        close = Button(tr("Close"), look=Look.EDGED)
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
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
