"""Numbers, times, sizes and prices as people read them, in the locale of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale

from studio.ui.translate import tr

if TYPE_CHECKING:
    from studio.domain.capabilities import Price
    from studio.session.face.views import JobCard


def foremost(cards: tuple[JobCard, ...]) -> JobCard | None:
    """The job to tell of: a running one before one that waits; None where nothing goes on."""
    live = [card for card in cards if not card.state.is_final]
    return min(live, key=lambda card: card.started is None, default=None)


def percent(share: float, *, digits: int = 0) -> str:
    """0.062 as 6.2 %."""
    return f"{QLocale().toString(share * 100, 'f', digits)} %"


def clock(seconds: float) -> str:
    """Hours and minutes of a moment (seconds since 1970)."""
    return QDateTime.fromSecsSinceEpoch(int(seconds)).toString("HH:mm")


def moment(seconds: float) -> str:
    """Date and time of a moment, in the locale's short form."""
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(seconds)), QLocale.FormatType.ShortFormat)


def lasted(seconds: float) -> str:
    """A span of time: 14 s, 2 min 5 s."""
    whole = max(0, int(seconds))
    if whole < 60:
        return tr("{seconds} s", seconds=whole)
    return tr("{minutes} min {seconds} s", minutes=whole // 60, seconds=whole % 60)


def weight(count: int) -> str:
    """Bytes as kB or MB."""
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def cost(price: Price | None, *, free: bool) -> str:
    """What it costs, in the words of the Run button."""
    if free:
        return tr("free")
    if price is None:
        return tr("price unknown")
    amount = money(price)
    return tr("about {amount}", amount=amount) if price.estimate else amount


def money(price: Price, *, digits: int | None = None) -> str:
    """An amount with two digits of cents, or with all that count; with `digits` the rest is cut off."""
    whole, _, rest = price.amount.partition(".")
    rest = rest.rstrip("0") if digits is None else rest[:digits]
    amount = f"{whole}.{rest:0<2}" if price.amount.replace(".", "").isdigit() else price.amount
    return f"${amount}" if price.currency == "USD" else f"{amount} {price.currency}"
