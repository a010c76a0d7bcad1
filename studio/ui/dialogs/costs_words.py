"""What was spent, in words: amounts that were told, and beside them how many jobs nobody told the cost of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.capabilities import Price
from studio.ui.translate import tr
from studio.ui.words import money

if TYPE_CHECKING:
    from studio.domain.spending import Spent


def spent_words(spent: Spent) -> str:
    """What is known to have been charged, by currency. Where nobody told any cost it is unknown, not nothing."""
    told = [money(Price(amount=each.charged, currency=each.currency)) for each in spent.sums if each.jobs]
    if told:
        return " + ".join(told)
    return tr("cost unknown") if open_words(spent) else tr("nothing")


def open_words(spent: Spent) -> str:
    """The jobs whose cost is not known, and what they were said to cost; empty where there are none."""
    count = sum(each.open_jobs for each in spent.sums)
    about = " + ".join(money(Price(amount=each.open, currency=each.currency)) for each in spent.sums if each.open_jobs)
    told = list[str]()
    if count == 1:
        told.append(tr("and 1 job whose cost is not known, about {amount} by its price", amount=about))
    elif count:
        told.append(
            tr("and {count} jobs whose cost is not known, about {amount} by their price", count=count, amount=about)
        )
    if spent.unpriced == 1:
        told.append(tr("and 1 job of which neither cost nor price is known"))
    elif spent.unpriced:
        told.append(tr("and {count} jobs of which neither cost nor price is known", count=spent.unpriced))
    return "\n".join(told)


def live_words(spent: Spent) -> str:
    """What is set aside for jobs that run or wait; empty where none does."""
    count = sum(each.live_jobs for each in spent.sums)
    about = " + ".join(money(Price(amount=each.live, currency=each.currency)) for each in spent.sums if each.live_jobs)
    if not count:
        return ""
    if count == 1:
        return tr("1 job runs or waits, about {amount}.", amount=about)
    return tr("{count} jobs run or wait, about {amount}.", count=count, amount=about)


def used_words(spent: Spent | None, currency: str) -> str:
    """What of a limit of this currency is used up, with what is set aside and what may have been charged."""
    held = next((each.held for each in spent.sums if each.currency == currency), "0") if spent else None
    if held is None:
        return ""
    return tr("{amount} spent or set aside", amount=money(Price(amount=held, currency=currency)))
