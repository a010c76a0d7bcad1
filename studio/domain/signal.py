"""A small synchronous signal: who wants to know is called, in the order of joining, on the caller's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Signal(Generic[T]):
    """Listeners of one kind of news. A listener's exception reaches the emitter after all others were told."""

    __slots__ = ("_listeners",)

    def __init__(self) -> None:
        self._listeners: tuple[Callable[[T], None], ...] = ()

    def connect(self, listener: Callable[[T], None]) -> Callable[[], None]:
        """Add a listener; the answer, called, takes it off again."""
        self._listeners = (*self._listeners, listener)
        return lambda: self.disconnect(listener)

    def disconnect(self, listener: Callable[[T], None]) -> None:
        """Take a listener off; nothing happens where it is not on."""
        self._listeners = tuple(each for each in self._listeners if each != listener)

    def emit(self, news: T) -> None:
        """Tell all listeners; those that join or leave meanwhile count from the next time on."""
        failure: Exception | None = None
        for listener in self._listeners:
            try:
                listener(news)
            except Exception as error:  # one deaf listener must not silence the others
                failure = failure or error
        if failure is not None:
            raise failure
