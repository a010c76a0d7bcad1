"""The runner as the home thread sees it: calls are carried to the runner's loop, news is carried back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Sequence

    from studio.domain.capabilities import Model, Price, ProviderInfo
    from studio.domain.ids import JobId
    from studio.domain.job import Job, JobNews
    from studio.domain.request import EditRequest
    from studio.domain.signal import Signal
    from studio.jobs.runner import Runner

T = TypeVar("T")


class Carry(Protocol):
    """Runs a coroutine on the runner's loop; the caller awaits the answer on its own."""

    def __call__(self, work: Coroutine[Any, Any, T], /) -> Awaitable[T]: ...


def teller(post: Callable[[Callable[[], None]], object], news: Signal[JobNews]) -> Callable[[JobNews], None]:
    """What the runner is given as `post`: emits each news on the home thread, to which `post` hands callables."""

    def tell(told: JobNews) -> None:
        post(lambda: news.emit(told))

    return tell


class HomeJobs:
    """Calls from the home loop, news on the home thread. `news` is the signal that the runner's `teller` emits. `named`
    hears of each order that names nobody else to hear of it."""

    def __init__(
        self, runner: Runner, carry: Carry, news: Signal[JobNews], named: Callable[[JobId], None] | None = None
    ) -> None:
        self.news = news
        self._runner = runner
        self._carry = carry
        self._named = named
        self._settled: Sequence[Job] = ()

    def watched(self, named: Callable[[JobId], None]) -> HomeJobs:
        """The same runner for someone whose orders are looked at on their way: `named` hears of each before anything
        is done for it, on the runner's loop."""
        return HomeJobs(self._runner, self._carry, self.news, named)

    async def enqueue(
        self,
        request: EditRequest,
        price: Price | None,
        *,
        held: bool = False,
        named: Callable[[JobId], None] | None = None,
    ) -> Job:
        """See `Runner.enqueue`; `named` is called on the runner's loop."""
        return await self._carry(self._runner.enqueue(request, price, held=held, named=named or self._named))

    async def cancel(self, job: JobId) -> None:
        """See `Runner.cancel`."""
        await self._carry(self._runner.cancel(job))

    async def run(self, *, free_only: bool = False) -> Sequence[Job]:
        """See `Runner.run`."""
        return await self._carry(self._runner.run(free_only=free_only))

    async def settle(self) -> None:
        """See `Runner.resume`; at the opening, before the first order."""
        self._settled = await self._carry(self._runner.resume())

    async def resume(self) -> Sequence[Job]:
        """What `settle` found left by an earlier run of the program, told once."""
        settled, self._settled = self._settled, ()
        return settled

    async def resumed(self) -> None:
        """See `Runner.resumed`."""
        await self._carry(self._runner.resumed())

    async def look_again(self, job: JobId) -> None:
        """See `Runner.look_again`."""
        await self._carry(self._runner.look_again(job))

    async def pause(self) -> None:
        """See `Runner.pause`."""
        await self._carry(self._runner.pause())

    async def go_on(self) -> None:
        """See `Runner.go_on`."""
        await self._carry(self._runner.go_on())

    async def order(self) -> Sequence[JobId]:
        """See `Runner.order`."""
        return await self._carry(self._runner.order())

    async def move(self, job: JobId, offset: int) -> None:
        """See `Runner.move`."""
        await self._carry(self._runner.move(job, offset))

    async def jobs(self) -> Sequence[Job]:
        """See `Runner.jobs`."""
        return await self._carry(self._runner.jobs())

    async def job(self, job: JobId) -> Job | None:
        """One job, None where there is none of this id."""
        return await self._carry(self._runner.job(job))

    async def models(self) -> Sequence[Model]:
        """What all providers offer."""
        return await self._carry(self._runner.models())

    def providers(self) -> Sequence[ProviderInfo]:
        """The providers in their order."""
        return self._runner.providers()
