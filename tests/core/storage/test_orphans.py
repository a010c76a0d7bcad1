"""Blobs that nobody names go after an unclean end; all others stay."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio.document.edits import new_document
from studio.document.layer import Variation
from studio.domain.ids import BlobId, JobId, ModelId, OutputId, ProviderId
from studio.domain.job import Failed, OutputFinished, OutputStored, Queued, Submitting
from studio.domain.recovery import RecoveryEntry
from studio.domain.request import EditRequest
from studio.storage.blobs import BlobStore
from studio.storage.database import log_of
from studio.storage.orphans import remove_orphans
from studio.storage.recovery import RecoveryStore
from tests.core.storage.pages import noise
from tests.core.storage.shelf import SIZE, entry, folders_in, opened

if TYPE_CHECKING:
    from pathlib import Path

    from studio.domain.problems import Problem
    from studio.storage.folders import Folders
    from studio.storage.library import Library

from studio.domain.catalogue import problem
from studio.domain.job import Output


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """After an unclean end: an empty log is beside the library."""
    folders = folders_in(tmp_path)
    with opened(folders):
        pass
    log_of(folders.library).touch()
    return folders


def there(folders: Folders) -> set[BlobId]:
    return set(BlobStore(folders.blobs).all())


def lost() -> Problem:
    return problem("interrupted")


def named(library: Library, blobs: BlobStore) -> set[BlobId]:
    """A job that failed, with blobs in every place of its lines."""
    base, mask, source, paste, reference, raw, finished = (blobs.put(b"%d" % number) for number in range(7))
    request = EditRequest(
        provider=ProviderId("p"),
        model=ModelId("m"),
        base=base,
        mask=mask,
        source=source,
        paste_mask=paste,
        references=(reference,),
    )
    job = JobId("01")
    library.journal.append(job, Queued(request=request))
    library.journal.append(job, Submitting(attempt=1))
    output = Output(index=0, raw=raw, media_type="image/png", size=SIZE)
    library.journal.append(job, OutputStored(output=output), replace(entry(job, request), raw=raw))
    library.journal.append(job, OutputFinished(index=0, finished=finished, size=SIZE))
    library.journal.append(job, Failed(problem=replace(lost(), detail=f"kept as {blobs.put(b'unread')}")))
    return there_of(blobs)


def there_of(blobs: BlobStore) -> set[BlobId]:
    return set(blobs.all())


def test_what_a_line_or_a_recovery_copy_names_stays(folders: Folders) -> None:
    with opened(folders) as library:
        kept = named(library, BlobStore(folders.blobs))
        state = new_document(noise(20, 20, 1), "Photo")
        blob = BlobStore(folders.blobs).put(b"a variation")
        layer = replace(state.layers[0], variations=(Variation(output=OutputId("01-0"), blob=blob),))
        entry_of = RecoveryEntry(key="k", title="", saved_at=1.0, size=state.size)
        RecoveryStore(folders.recovery).save(entry_of, replace(state, layers=(layer,)))
        BlobStore(folders.blobs).put(b"nobody's")
        assert remove_orphans(folders, BlobStore(folders.blobs)) == 1
    assert there(folders) == kept | {blob}


def test_what_was_put_since_the_start_stays(folders: Folders) -> None:
    earlier = BlobStore(folders.blobs)
    with opened(folders):
        old, again = earlier.put(b"old"), earlier.put(b"again")
        blobs = BlobStore(folders.blobs)
        assert blobs.put(b"again") == again
        new = blobs.put(b"new")
        assert remove_orphans(folders, blobs) == 1
    assert there(folders) == {again, new}
    assert old not in there(folders)


def test_nothing_goes_while_a_job_runs_and_it_is_looked_for_later(folders: Folders) -> None:
    with opened(folders) as library:
        BlobStore(folders.blobs).put(b"its picture, not written down")
        job = JobId("01")
        library.journal.append(job, Queued(request=EditRequest(provider=ProviderId("p"), model=ModelId("m"))))
        library.journal.append(job, Submitting(attempt=1))
        assert remove_orphans(folders, BlobStore(folders.blobs)) == 0
        library.journal.append(job, Failed(problem=lost()))
    with opened(folders):
        assert remove_orphans(folders, BlobStore(folders.blobs)) == 1
    assert there(folders) == set()


def test_after_a_clean_end_and_beside_a_damaged_library_nothing_is_looked_for(folders: Folders) -> None:
    blob = BlobStore(folders.blobs).put(b"nobody's")
    with opened(folders):
        (folders.data / "library.damaged-1.sqlite").write_bytes(b"")
        assert remove_orphans(folders, BlobStore(folders.blobs)) == 0
        (folders.data / "library.damaged-1.sqlite").unlink()
        assert remove_orphans(folders, BlobStore(folders.blobs)) == 1
    with opened(folders):
        assert BlobStore(folders.blobs).put(b"nobody's") == blob
        assert remove_orphans(folders, BlobStore(folders.blobs)) == 0
