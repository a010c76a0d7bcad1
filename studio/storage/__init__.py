"""Everything that touches disk or keyring: blobs, journal and library, project files, recovery, settings, lock.

The cores are synchronous and know no thread; `adapters.py` makes them awaitable through a `run` that the composition
root hands in. Not here: threads (`studio.workers`), what a job may become (`studio.jobs`), pixels (`studio.imaging`;
pictures pass through its functions only). Read `folders.py` and `atomic.py` first, then `library.py`.
"""
