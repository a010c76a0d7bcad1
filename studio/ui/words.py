"""Numbers, times, sizes and prices as people read them, in the locale of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale

from studio.ui.translate import tr

if TYPE_CHECKING:
    from studio.domain.capabilities import Price
    from studio.session.face.views import JobCard


CARRIED = ("Uploading", "Downloading")
"""Phases that are told with their percents: how far they are is a count of bytes."""


def foremost(cards: tuple[JobCard, ...]) -> JobCard | None:
    """The job to tell of: a running one before one that waits; None where nothing goes on."""
    live = [card for card in cards if not card.state.is_final]
    return min(live, key=lambda card: card.started is None, default=None)


def phase(card: JobCard) -> str:
    """Where a job stands, with its place in the line, or with how much of it was carried over the network."""
    words = tr(card.phase)
    if card.place is not None:
        return tr("{phase} ({place})", phase=words, place=ordinal(card.place))
    if card.fraction is not None and card.phase in CARRIED:
        return tr("{phase} {percent}", phase=words, percent=percent(card.fraction))
    return words


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th."""
    last = 0 if number % 100 in (11, 12, 13) else number % 10
    if last == 1:
        return tr("{number}st", number=number)
    if last == 2:
        return tr("{number}nd", number=number)
    return tr("{number}rd", number=number) if last == 3 else tr("{number}th", number=number)


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


def span(low: float, high: float) -> str:
    """20 to 40 s."""
    if high <= 90:
        return tr("{low} to {high} s", low=round(low), high=round(high))
    return tr("{low} to {high} min", low=max(1, int(low // 60)), high=-int(-high // 60))


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


def money(price: Price) -> str:
    """An amount with two digits of cents, or with all that count."""
    sign, amount = ("-", price.amount[1:]) if price.amount.startswith("-") else ("", price.amount)
    whole, _, rest = amount.partition(".")
    if amount.replace(".", "", 1).isdecimal():
        amount = f"{whole}.{rest.rstrip('0'):0<2}"
    return f"{sign}${amount}" if price.currency == "USD" else f"{sign}{amount} {price.currency}"


def balance(price: Price) -> str:
    """What an account has left, cut down to cents; of what is less than one, the first two digits that count."""
    from studio.domain.pricing import cents  # for paid models alone

    return money(cents(price))
