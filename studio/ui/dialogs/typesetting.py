"""How the text of a help page is set: Qt reads Markdown without any space between its blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextFormat, QTextTable

if TYPE_CHECKING:
    from PySide6.QtGui import QTextBlock, QTextDocument

    from studio.ui.theme.tokens import Tokens

MARGIN, BETWEEN, IN_LIST, INDENT = 20, 8, 3, 22
LINE = 130
"""Height of a line in percent of the font's own."""
ABOVE_HEADING = {1: 0, 2: 14, 3: 10}
GROWN = {1: 1}
"""Steps of Qt's font sizes that a heading is larger than the text, by its level; the others are told by weight."""


def set_page(document: QTextDocument, tokens: Tokens) -> None:
    """Give the blocks of a loaded page their spaces, headings their sizes, and keys their ground."""
    document.setDocumentMargin(MARGIN)
    document.setIndentWidth(INDENT)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    block = document.begin()
    while block.isValid():
        _space(cursor, block)
        _dress(cursor, block, document.defaultFont(), tokens)
        block = block.next()
    cursor.endEditBlock()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _rule(frame, tokens)


def _rule(table: QTextTable, tokens: Tokens) -> None:
    form = table.format()
    form.setBorderBrush(QColor(tokens.raised if tokens.dark else tokens.line))
    form.setCellPadding(5)
    form.setTopMargin(BETWEEN)
    form.setBottomMargin(BETWEEN)
    table.setFormat(form)


def _space(cursor: QTextCursor, block: QTextBlock) -> None:
    level = block.blockFormat().headingLevel()
    form = QTextBlockFormat()
    if level:
        form.setTopMargin(ABOVE_HEADING.get(level, 8))
        form.setBottomMargin(BETWEEN)
    elif _is_code(block):
        form.setBottomMargin(0 if _is_code(block.next()) else BETWEEN)
    else:
        follows = block.next().isValid() and block.next().textList() is not None
        form.setBottomMargin(IN_LIST if block.textList() is not None and follows else BETWEEN)
        if not _has_picture(block):
            form.setLineHeight(LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor.setPosition(block.position())
    if cursor.currentTable() is None:
        cursor.mergeBlockFormat(form)


def _dress(cursor: QTextCursor, block: QTextBlock, font: QFont, tokens: Tokens) -> None:
    level = block.blockFormat().headingLevel()
    for start, length, fixed in _runs(block):
        form = QTextCharFormat()
        if level:
            form.setProperty(QTextFormat.Property.FontSizeAdjustment, GROWN.get(level, 0))
            form.setFontWeight(QFont.Weight.DemiBold)
        elif fixed:
            form.setFontFamilies([font.family()])
            form.setFontFixedPitch(False)
            form.setBackground(QColor(tokens.raised if tokens.dark else tokens.hover))
        else:
            continue
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(form)


def _runs(block: QTextBlock) -> list[tuple[int, int, bool]]:
    """Start, length, and whether it is set in fixed pitch, of each run of equal letters."""
    found: list[tuple[int, int, bool]] = []
    at = block.begin()
    while not at.atEnd():
        run = at.fragment()
        found.append((run.position(), run.length(), run.charFormat().fontFixedPitch()))
        at += 1
    return found


def _is_code(block: QTextBlock) -> bool:
    return block.isValid() and block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)


def _has_picture(block: QTextBlock) -> bool:
    return "\ufffc" in block.text()
