"""What the buttons of a provider's refusals do: the setting that was in the way is changed, and Run sends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.profile import CHOICES, RANGES
from studio.session.face.views import Notice
from studio.wire.limits import body_limit

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.domain.ids import ProviderId
    from studio.domain.job import Job
    from studio.domain.profile import ProviderProfile
    from studio.domain.request import EditRequest
    from studio.domain.settings import Settings
    from studio.session.cards import Cards
    from studio.session.form import Form
    from studio.session.ports import Blobs
    from studio.session.providersdesk import ProvidersDesk
    from studio.session.tasks import Tasks

MEGABYTE = 1_000_000


class Remedies:
    """Nothing is sent from here: an order costs, so that it is Run's alone."""

    def __init__(
        self,
        *,
        cards: Cards,
        form: Form,
        settings: Callable[[], Settings],
        providers: ProvidersDesk,
        blobs: Blobs,
        tasks: Tasks,
        notice: Callable[[Notice], None],
    ) -> None:
        self._cards = cards
        self._form = form
        self._settings = settings
        self._providers = providers
        self._blobs = blobs
        self._tasks = tasks
        self._notice = notice

    def other_field(self) -> None:
        """Pictures go out under the other field name from now on."""
        job = self._cards.refused("generate.other-field")
        profile = self._profile(job)
        if profile is None:
            self._notice(Notice(text="Choose a model of a provider first."))
            return
        other = next(name for name in CHOICES["image_field"] if name != profile.image_field)
        self._providers.set(profile.id, "image_field", other)
        self._say(f"Pictures go to {profile.shown_name} as {other} from now on. Run sends them.")

    def shrink(self) -> None:
        """The next order is at most three quarters of what was refused."""
        job = self._cards.refused("generate.shrink")
        profile = self._profile(job)
        if job is None or profile is None:
            self._notice(Notice(text="No order was refused for its size."))
            return
        self._tasks.spawn(self._shrink(job, profile))

    async def _shrink(self, job: Job, profile: ProviderProfile) -> None:
        sent = await self._weight(job.request)
        least = RANGES["max_body_bytes"][0]
        limit = max(least, min(body_limit(profile, None), sent or least) * 3 // 4)
        self._providers.set(profile.id, "max_body_bytes", str(limit))
        megabytes = f"{limit / MEGABYTE:.1f} MB"
        self._say(f"Orders to {profile.shown_name} are at most {megabytes} from now on. Run sends a smaller one.")

    async def _weight(self, request: EditRequest) -> int:
        sent = [blob for blob in (request.base, request.mask, *request.references) if blob is not None]
        return sum([len(await self._blobs.get(blob)) for blob in sent])

    def _say(self, text: str) -> None:
        self._notice(Notice(text=text, action="generate.run", button="Run"))

    def _profile(self, job: Job | None) -> ProviderProfile | None:
        """Of the provider that refused, else of the chosen model."""
        wanted: ProviderId | None = self._form.model.provider if self._form.model else None
        if job is not None:
            wanted = job.request.provider
        return next((each for each in self._settings().providers if each.id == wanted), None)
