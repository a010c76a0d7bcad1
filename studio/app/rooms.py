"""The working rooms: threads, processes, library and runner, opened in order and closed in the reverse one."""

from __future__ import annotations

import logging
import os
import platform
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from studio.app.asking import AskingRefuge
from studio.app.logs import KnownKeys, Log
from studio.app.remotes import Behind, RemoteRooms, parallel_of
from studio.domain.job import JobState
from studio.domain.problems import StorageError
from studio.domain.signal import Signal
from studio.domain.steps import Steps, no_steps
from studio.domain.version import VERSION
from studio.jobs.home import HomeJobs, teller
from studio.jobs.ports import World as RunnerWorld
from studio.jobs.runner import Runner
from studio.providers.local import LocalProvider
from studio.providers.selecting import EngineSelector
from studio.session.finishing import Finishing
from studio.session.spending import Allowance
from studio.session.world import World
from studio.storage.adapters import AsyncBlobs, AsyncJournal, AsyncLibrary, AsyncRefuge
from studio.storage.blobs import BlobStore
from studio.storage.catalogues import Catalogues
from studio.storage.keyrings import SystemKeyring
from studio.storage.keys import Keys, read_key_file
from studio.storage.leftovers import sweep
from studio.storage.library import open_library
from studio.storage.orphans import remove_orphans
from studio.storage.refuge import Refuge
from studio.storage.removed import AsyncRemovedCards
from studio.storage.secrets import describe_keyring
from studio.storage.settings import SettingsFile
from studio.storage.spending import AsyncSpending
from studio.storage.spool import DiskSpool
from studio.storage.user_files import UserFiles
from studio.workers.checking import DecodedCheck
from studio.workers.decoding import Decoder
from studio.workers.engine import EngineProcess
from studio.workers.loop import WorkerLoop
from studio.workers.offload import PoolOffload, Threads
from studio.workers.pasting import PastingProcess

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from studio.domain.ids import JobId
    from studio.domain.job import JobNews
    from studio.domain.problems import Problem
    from studio.domain.profile import ProviderProfile
    from studio.session.terminal import TerminalWorld
    from studio.storage.folders import Folders
    from studio.storage.library import Opened

log = logging.getLogger(__name__)

SAMPLE = "friends.jpg"


class Clock:
    """The system's time."""

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()


class Rooms:
    """Made by `open`, on the home loop."""

    def __init__(
        self,
        folders: Folders,
        post: Callable[[Callable[[], None]], object],
        resources: Path,
        steps: Steps = no_steps,
    ) -> None:
        self._folders = folders
        self._steps = steps
        self._log = Log(folders.log)
        self._models = resources / "models"
        self._threads = Threads()
        self._decoder = Decoder()
        self._pasting = PastingProcess(self._threads.wait)
        self._worker = WorkerLoop()
        self._offload = PoolOffload(self._threads, self._decoder)
        self._fill = EngineProcess(self._models, self._threads.compute)
        self._clicks = EngineProcess(self._models, self._threads.compute)
        self._store = BlobStore(folders.blobs)
        self._blobs = AsyncBlobs(self._store, self._offload.compute)
        self._user_files = UserFiles(
            blobs=self._store, sample=resources / "sample" / SAMPLE, handed_out=folders.cache / "handed-out"
        )
        self._spool = DiskSpool(folders.incoming, folders.unread)
        self._kept_in: list[Path] = []
        self._refuge = AsyncRefuge(Refuge(self._refuges), self._offload.write)
        self.refuge = AskingRefuge(self._refuge, post)
        self._settings_file = SettingsFile(folders.settings)
        self._post = post
        self._opened: Opened | None = None
        self._runner: Runner | None = None
        self._jobs: HomeJobs | None = None
        self.settings = self._settings_file.load()
        self._keys = Keys(
            SystemKeyring(),
            folders.config / "keys.json",
            may_use_file=self.settings.key_file,
            name_of=lambda provider: self._remotes.key_name(provider),
        )
        self._remotes = self._remote_rooms()

    def _remote_rooms(self) -> RemoteRooms:
        behind = Behind(
            carry=self._worker.carry,
            keys=lambda at: KnownKeys(self._keys, self._log, at),
            blobs=self._blobs,
            pool=self._offload,
            store=Catalogues(self._folders.cache / "catalogues", self._offload.compute),
            spool=self._spool,
        )
        # Jobs that the window ordered: it shows no others on their way, and a terminal shows none.
        self._watched: set[JobId] = set()
        watched = self._watched.__contains__
        return RemoteRooms(behind, LocalProvider(self._fill, self._blobs, self._offload, self._models, watched))

    @staticmethod
    async def open(
        folders: Folders,
        post: Callable[[Callable[[], None]], object],
        resources: Path,
        *,
        read_only: bool = False,
        patient: bool = False,
        steps: Steps = no_steps,
    ) -> Rooms:
        """In `patient` rooms jobs wait where there is no network, and for a folder that has room. Raises StorageError;
        what was opened by then is closed again."""
        rooms = Rooms(folders, post, resources, steps)
        try:
            await rooms._open(read_only=read_only, patient=patient)
        except BaseException:
            await rooms.close()
            raise
        return rooms

    async def _open(self, *, read_only: bool, patient: bool) -> None:
        self._opened = await self._offload.journal(open_library, self._folders, read_only=read_only)
        if not read_only:
            await self._offload.write(sweep, self._folders)
            await self._offload.write(self._user_files.forget_handed_out)
        library = self._opened.library
        books = AsyncSpending(library.spending, self._offload.journal)
        self._allowance = Allowance(books, Clock().now, self.settings)
        world = RunnerWorld(
            journal=AsyncJournal(library.journal, self._offload.journal),
            blobs=self._blobs,
            check=DecodedCheck(self._decoder, self._threads.wait),
            finisher=Finishing(self._pasting, self._blobs),
            clock=Clock(),
            allowance=self._allowance,
            refuge=self.refuge if patient else self._refuge,
            steps=self._steps,
        )
        news: Signal[JobNews] = Signal()
        profiles = self.settings.providers
        made, told = self._remotes.made(profiles), teller(self._post, news)
        self._runner = Runner(made, world, told, parallel_of(profiles), patient=patient)
        self._remotes.serve(self._runner)
        self._jobs = HomeJobs(self._runner, self._worker.carry, news)
        self._library = AsyncLibrary(library.gallery, self._offload.journal)
        self._removed = AsyncRemovedCards(library.cards, self._offload.journal)
        if not read_only:
            await self._sweep_incoming()
            await self._jobs.settle()

    def _refuges(self) -> list[Path]:
        """Where pictures go that the library has no room for: where they were to go anyway, then where people look."""
        return [*self._kept_in, Path.home() / "Downloads", Path.home(), Path(tempfile.gettempdir())]

    def keep_in(self, folder: str) -> None:
        """Where pictures may go too, before any other folder, if the library has no room for them."""
        self._kept_in.insert(0, Path(folder))
        self.refuge.answer()

    async def _sweep_incoming(self) -> None:
        """What was received for jobs that have ended is in the library, or is nothing, where they do not say that
        pictures may be had by it."""
        assert self._jobs is not None
        jobs = await self._jobs.jobs()
        needed = [job.id for job in jobs if job.state is JobState.RUNNING or job.received]
        await self._offload.write(self._spool.sweep, needed)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was found damaged at the opening."""
        found = (self._opened.problem if self._opened else None, self._settings_file.problem)
        return tuple(each for each in found if each is not None)

    def window_world(self) -> World:
        """What a window's session works with."""
        # A terminal never needs them, and they load what draws and what works on pictures.
        from studio.storage.recovery import RecoveryStore
        from studio.storage.thumbs import AsyncThumbnails, Thumbnails

        assert self._jobs is not None
        return World(
            offload=self._offload,
            jobs=self._jobs.watched(self._watched.add),
            blobs=self._blobs,
            library=self._library,
            removed=self._removed,
            selector=EngineSelector(self._clicks),
            settings=self._settings_file,
            files=self._user_files,
            recovery=RecoveryStore(self._folders.recovery),
            keys=self._keys,
            remotes=self._remotes,
            playground=self._remotes.start_playground,
            thumbnails=AsyncThumbnails(Thumbnails(self._store, self._folders.thumbnails), self._offload.compute),
            allowance=self._allowance,
            report=self.report,
        )

    async def _save_profiles(self, profiles: tuple[ProviderProfile, ...]) -> None:
        settings = replace(self._settings_file.load(), providers=profiles)
        await self._offload.write(self._settings_file.save, settings)

    def terminal_world(
        self,
        profiles: Callable[[], tuple[ProviderProfile, ...]] | None = None,
        save_profiles: Callable[[tuple[ProviderProfile, ...]], Awaitable[None]] | None = None,
    ) -> TerminalWorld:
        """What a terminal's session works with. Beside a window the profiles are those that the window has."""
        # A window never needs it.
        from studio.session.terminal_world import TerminalWorld, nothing_ends

        assert self._jobs is not None
        return TerminalWorld(
            offload=self._offload,
            jobs=self._jobs,
            blobs=self._blobs,
            masks=AsyncBlobs(BlobStore(self._folders.masks), self._offload.compute),
            library=self._library,
            files=self._user_files,
            keys=self._keys,
            remotes=self._remotes,
            profiles=profiles or (lambda: self._settings_file.load().providers),
            save_profiles=save_profiles or self._save_profiles,
            read_key=lambda path: read_key_file(Path(path)),
            keep_in=self.keep_in,
            doctor=self.doctor,
            found=self.problems,
            ordering=self._allowance.ordering,
            end_jobs=self.end_jobs if profiles is None else nothing_ends,
        )

    def warm(self) -> None:
        """Start the processes while nobody waits for them."""
        self._worker.call(self._fill.warm)
        self._threads.compute.submit(self._decoder.warm)
        self._threads.compute.submit(self._pasting.warm)

    async def back_up(self) -> None:
        """Keep a copy of the library where one is due, and remove what a kill left that nobody names. What cannot be
        done is logged: nobody waits for it."""
        if self._opened is None:
            return
        try:
            await self._offload.journal(self._opened.library.back_up)
        except StorageError as error:
            log.warning("no copy of the library was made: %s", error)
        await self._offload.write(remove_orphans, self._folders, self._store)

    def doctor(self) -> list[tuple[str, str]]:
        """Versions, folders, limits: no secret and no prompt. For a thread: it asks for the keyring."""
        return [
            ("overpaint", VERSION),
            ("python", platform.python_version()),
            ("system", f"{platform.system()} {platform.release()} {platform.machine()}"),
            ("processors", str(os.cpu_count() or 1)),
            ("config", str(self._folders.config)),
            ("data", str(self._folders.data)),
            ("cache", str(self._folders.cache)),
            ("log", str(self._folders.log)),
            ("models", ", ".join(sorted(each.name for each in self._models.glob("*.*")))),
            ("keyring", describe_keyring()),
            ("executable", sys.executable),
        ]

    async def report(self) -> str:
        """The same as text."""
        return "\n".join(f"{name}: {value}" for name, value in await self._offload.compute(self.doctor))

    async def end_jobs(self) -> None:
        """Stop what runs and write that down. Safe to call twice."""
        self.refuge.give_up()
        if self._runner is not None:
            await self._worker.carry(self._runner.close())

    async def close(self) -> None:
        """Runner first, so that its last words reach the journal; threads last."""
        await self.end_jobs()
        await self._remotes.close()
        self._fill.close()
        self._clicks.close()
        if self._opened is not None:
            await self._offload.journal(self._opened.library.close)
        self._worker.stop()
        self._decoder.close()
        self._pasting.close()
        self._threads.close()
        self._log.close()
