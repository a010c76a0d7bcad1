"""What the buttons of a provider's refusals do: the setting that was in the way is changed, and what was refused is
sent again. Such an order was not charged, and its price was seen before it was first sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.profile import CHOICES, RANGES
from studio.session.face.views import Notice
from studio.wire.limits import body_limit

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from studio.domain.job import Job
    from studio.domain.profile import ProviderProfile
    from studio.domain.request import EditRequest
    from studio.domain.settings import Settings
    from studio.session.cards import Cards
    from studio.session.generate import Generate
    from studio.session.ports import Blobs
    from studio.session.providersdesk import ProvidersDesk

MEGABYTE = 1_000_000


class Remedies:
    """Works on the newest order of a provider alone: what was sent after it is not sent twice by a late press."""

    def __init__(
        self,
        *,
        cards: Cards,
        generate: Generate,
        settings: Callable[[], Settings],
        providers: ProvidersDesk,
        blobs: Blobs,
        notice: Callable[[Notice], None],
    ) -> None:
        self._cards = cards
        self._generate = generate
        self._settings = settings
        self._providers = providers
        self._blobs = blobs
        self._notice = notice

    def other_field(self) -> None:
        """Pictures go out under the other field name from now on."""
        self._mend("generate.other-field", self._renamed)

    def shrink(self) -> None:
        """Orders are at most three quarters of what was refused from now on."""
        self._mend("generate.shrink", self._shrunk)

    def _mend(self, command: str, mend: Callable[[Job, ProviderProfile], Awaitable[bool]]) -> None:
        job = self._cards.refused(command)
        found = (each for each in self._settings().providers if job is not None and each.id == job.request.provider)
        profile = next(found, None)
        if job is None or profile is None:
            self._notice(Notice(text="No order was refused for this."))
            return
        self._generate.again(job, lambda: mend(job, profile))

    async def _renamed(self, job: Job, profile: ProviderProfile) -> bool:
        other = next(name for name in CHOICES["image_field"] if name != profile.image_field)
        if not await self._providers.settle(profile.id, "image_field", other):
            return False
        text = "Sent again. {provider} gets pictures as {field} from now on."
        self._notice(Notice(text=text, facts={"provider": profile.shown_name, "field": other}))
        return True

    async def _shrunk(self, job: Job, profile: ProviderProfile) -> bool:
        least, sent = RANGES["max_body_bytes"][0], await self._weight(job.request)
        limit = max(least, min(body_limit(profile, None), sent or least) * 3 // 4)
        if not await self._providers.settle(profile.id, "max_body_bytes", str(limit)):
            return False
        text = "Sent again, smaller. {provider} gets at most {most} from now on."
        most = f"{limit / MEGABYTE:.1f} MB"
        self._notice(Notice(text=text, facts={"provider": profile.shown_name, "most": most}))
        return True

    async def _weight(self, request: EditRequest) -> int:
        sent = [blob for blob in (request.base, request.mask, *request.references) if blob is not None]
        return sum([len(await self._blobs.get(blob)) for blob in sent])
