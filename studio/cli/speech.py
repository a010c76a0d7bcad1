"""What the program says: JSON lines for programs, or words for people. Standard output carries nothing else."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from studio.cli.objects import (
    Object,
    check_object,
    gallery_object,
    job_object,
    model_object,
    news_object,
    project_object,
    provider_object,
)
from studio.cli.tables import (
    gallery_table,
    job_table,
    model_table,
    price_text,
    project_text,
    provider_table,
    table,
)
from studio.domain.job import JobState
from studio.domain.phrases import FREE
from studio.domain.pricing import cents, cost_words
from studio.session.face.terminal import EndedNews, ProgressNews, QueuedNews, RemarkNews

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.cli.outlet import Outlet
    from studio.domain.capabilities import Model, Price
    from studio.domain.ids import JobId
    from studio.domain.problems import Problem
    from studio.session.face.terminal import (
        CheckListing,
        GalleryListing,
        JobListing,
        ProjectInfo,
        ProviderListing,
        TerminalNews,
    )


NO_PROVIDERS = "No provider is set up. See overpaint providers --help, or overpaint playground to try without paying."
_PLACES = {"keyring": "the keyring of the system", "file": "a file that only you can read"}


class Speech(Protocol):
    """Tells results; `trouble` goes to standard error in either form."""

    def news(self, news: TerminalNews) -> None: ...
    def jobs(self, listings: Sequence[JobListing]) -> None: ...
    def models(self, models: Sequence[Model]) -> None: ...
    def providers(self, listings: Sequence[ProviderListing]) -> None: ...
    def check(self, listing: CheckListing) -> None: ...
    def kept(self, provider: str, place: str) -> None: ...
    def gallery(self, listings: Sequence[GalleryListing]) -> None: ...
    def files(self, paths: Sequence[str]) -> None: ...
    def project(self, info: ProjectInfo) -> None: ...
    def facts(self, facts: Sequence[tuple[str, str]]) -> None: ...
    def trouble(self, problem: Problem) -> None: ...
    def say(self, sentence: str) -> None: ...


class JsonSpeech:
    """One object a line on `out`; words on `err`."""

    def __init__(self, out: Outlet, err: Outlet) -> None:
        self._out = out
        self._err = err

    def news(self, news: TerminalNews) -> None:
        """As it comes."""
        told = news_object(news)
        if told is not None:
            self._print(told)
        if isinstance(news, RemarkNews):
            self.say(news.text)
        elif isinstance(news, EndedNews) and news.problem is not None:
            self.trouble(news.problem)

    def jobs(self, listings: Sequence[JobListing]) -> None:
        """One a line."""
        for listing in listings:
            self._print(job_object(listing))

    def models(self, models: Sequence[Model]) -> None:
        """One a line."""
        for model in models:
            self._print(model_object(model))

    def providers(self, listings: Sequence[ProviderListing]) -> None:
        """One a line."""
        for listing in listings:
            self._print(provider_object(listing))

    def check(self, listing: CheckListing) -> None:
        """One object."""
        self._print(check_object(listing))

    def kept(self, provider: str, place: str) -> None:
        """Where a key went, as one object."""
        self._print({"id": provider, "key": place})

    def gallery(self, listings: Sequence[GalleryListing]) -> None:
        """One a line."""
        for listing in listings:
            self._print(gallery_object(listing))

    def files(self, paths: Sequence[str]) -> None:
        """Files that were written, one a line."""
        for path in paths:
            self._print({"path": path})

    def project(self, info: ProjectInfo) -> None:
        """One object."""
        self._print(project_object(info))

    def facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """One a line."""
        for name, value in facts:
            self._print({"name": name, "value": value})

    def trouble(self, problem: Problem) -> None:
        """A sentence for people."""
        self.say(problem.sentence())

    def say(self, sentence: str) -> None:
        """A sentence for people."""
        self._err.line(sentence)

    def _print(self, told: Object) -> None:
        self._out.line(json.dumps(told))


class WordSpeech:
    """Results as tables and paths on `out`; progress and trouble on `err`, on one line where that is a terminal."""

    def __init__(self, out: Outlet, err: Outlet) -> None:
        self._out = out
        self._err = err
        self._phase = ""
        self._open = 0
        self._prices: dict[JobId, Price | None] = {}

    def news(self, news: TerminalNews) -> None:
        """Progress on the one line, then the files."""
        match news:
            case RemarkNews():
                self.say(news.text)
            case QueuedNews():
                self._prices[news.job] = news.price
                price = "" if news.price is None else f", {price_text(news.price)}"
                self.say(f"Job {news.job}{price}")
            case ProgressNews():
                self._progress(news)
            case EndedNews():
                self._ended(news)

    def jobs(self, listings: Sequence[JobListing]) -> None:
        """A table."""
        times = [_time(each.job.created) for each in listings]
        self._list(job_table(listings, times), listings, "There are no jobs.")

    def models(self, models: Sequence[Model]) -> None:
        """A table."""
        self._list(model_table(models), models, "There are no models.")

    def providers(self, listings: Sequence[ProviderListing]) -> None:
        """A table."""
        self._list(provider_table(listings), listings, NO_PROVIDERS)

    def check(self, listing: CheckListing) -> None:
        """A sentence, and the balance where there is one."""
        self._out.line(listing.words)
        if listing.balance is not None:
            self._out.line(f"Balance: {price_text(cents(listing.balance))}")

    def kept(self, provider: str, place: str) -> None:
        """A sentence."""
        self.say(f"The key of {provider} is kept in {_PLACES.get(place, place)}.")

    def gallery(self, listings: Sequence[GalleryListing]) -> None:
        """A table."""
        times = [_time(each.entry.created) for each in listings]
        self._list(gallery_table(listings, times), listings, "There are no such pictures.")

    def files(self, paths: Sequence[str]) -> None:
        """One a line."""
        for path in paths:
            self._out.line(path)

    def project(self, info: ProjectInfo) -> None:
        """What it is, then its layers."""
        self._out.write(project_text(info))

    def facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """A table."""
        self._out.write(table(("WHAT", "VALUE"), facts))

    def trouble(self, problem: Problem) -> None:
        """All of it in a line."""
        self.say(problem.sentence())

    def say(self, sentence: str) -> None:
        """A sentence on a line of its own."""
        self._close_line()
        self._err.line(sentence)

    def _list(self, text: str, rows: Sequence[object], nothing: str) -> None:
        if rows:
            self._out.write(text)
        else:
            self.say(nothing)

    def _progress(self, news: ProgressNews) -> None:
        if self._err.isatty():
            share = "" if news.fraction is None else f" {news.fraction:4.0%}"
            line = f"{news.phase}{share}"
            self._err.write("\r" + line.ljust(self._open))
            self._open = len(line)
        elif news.phase != self._phase:
            self.say(news.phase)
        self._phase = news.phase

    def _close_line(self) -> None:
        if self._open:
            self._err.write("\n")
            self._open = 0

    def _ended(self, news: EndedNews) -> None:
        self.files([output.path for output in news.outputs])
        if news.problem is not None:
            self.trouble(news.problem)
        if news.cost is not None:
            self.say(f"It cost {cost_words(self._prices.get(news.job) if news.job else None, news.cost)}.")
        if news.missing:
            self.say(f"{news.missing} of the pictures asked for did not come.")
        if news.state is JobState.CANCELLED:
            # Where it may have been charged a problem says so; where no job was made, nobody has looked.
            self.say("Cancelled." if news.problem is not None or news.job is None else f"Cancelled. {FREE}")
        elif news.state is JobState.QUEUED:
            self.say("It waits in the queue; overpaint jobs run sends it.")
        self._phase = ""


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds).astimezone().strftime("%Y-%m-%d %H:%M")
