"""Problems in the language of the window. They come with their facts filled in, from journals of earlier years too, so
the facts are read out of the sentence again."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from studio.domain.catalogue import CATALOGUE
from studio.ui.translate import tr

if TYPE_CHECKING:
    from studio.domain.problems import Problem

_FACT = re.compile(r"\\{(\w+)\\}")
"""A name in braces, after `re.escape`."""


class Spoken(NamedTuple):
    """A problem's parts, as people read them."""

    title: str
    what: str
    cost: str
    next: str

    def sentence(self) -> str:
        """What happened, did it cost, what now."""
        return " ".join(part for part in (self.what, self.cost, self.next) if part)


def spoken(problem: Problem) -> Spoken:
    """Its words; in English where the catalogue has others for it by now."""
    row = CATALOGUE.get(problem.code)
    what, cost, following = (problem.what, problem.cost, problem.next) if row is None else row[2:5]
    return Spoken(
        title=tr(problem.title),
        what=_said(what, problem.what),
        cost=_said(cost, problem.cost),
        next=_said(following, problem.next),
    )


def _said(source: str, text: str) -> str:
    """The source in the window's language, with the facts that the text has in its places."""
    if source == text:
        return tr(text) if text else ""
    found = _pattern(source).fullmatch(text)
    return text if found is None else tr(source, **found.groupdict())


@cache
def _pattern(source: str) -> re.Pattern[str]:
    named: set[str] = set()

    def place(found: re.Match[str]) -> str:
        name = found[1]
        if name in named:
            return f"(?P={name})"
        named.add(name)
        return f"(?P<{name}>.*?)"

    return re.compile(_FACT.sub(place, re.escape(source)), re.DOTALL)
