"""Adapters match their ports by shape: read by the type checker, never run."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.jobs import ports as jobs_ports
    from studio.jobs.home import HomeJobs
    from studio.providers import ports as providers_ports
    from studio.providers.local import LocalProvider
    from studio.providers.selecting import EngineSelector
    from studio.session import ports as session_ports
    from studio.session.finishing import Finishing
    from studio.storage.adapters import AsyncBlobs, AsyncJournal
    from studio.workers.checking import DecodedCheck
    from studio.workers.engine import EngineProcess
    from studio.workers.loop import WorkerLoop
    from studio.workers.offload import PoolOffload
    from tests.fakes.journal import MemoryBlobs, MemoryJournal
    from tests.fakes.provider import ByteCheck, EchoFinisher, FakeProvider

    def session(offload: PoolOffload, jobs: HomeJobs, selector: EngineSelector, worker: WorkerLoop) -> object:
        """What the session is given."""
        pools: session_ports.Offload = offload
        runner: session_ports.Jobs = jobs
        clicks: session_ports.Selector = selector
        return pools, runner, clicks, worker.carry

    def runner(journal: AsyncJournal, blobs: AsyncBlobs, check: DecodedCheck, finisher: Finishing) -> object:
        """What the runner is given, and its fakes."""
        kept: tuple[jobs_ports.Journal, jobs_ports.Journal] = (journal, MemoryJournal.__new__(MemoryJournal))
        stored: tuple[jobs_ports.Blobs, jobs_ports.Blobs] = (blobs, MemoryBlobs())
        checks: tuple[jobs_ports.OutputCheck, jobs_ports.OutputCheck] = (check, ByteCheck())
        pasting: tuple[jobs_ports.Finisher, jobs_ports.Finisher] = (finisher, EchoFinisher(blobs))
        return kept, stored, checks, pasting

    def providers(local: LocalProvider, engine: EngineProcess, pool: PoolOffload) -> object:
        """What the providers are given, and what they are."""
        carried: tuple[jobs_ports.Provider, jobs_ports.Provider] = (local, FakeProvider())
        given: providers_ports.Engine = engine
        threads: providers_ports.Pool = pool
        return carried, given, threads
