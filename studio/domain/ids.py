"""Names of things. Each is minted in one place and never guessed."""

from __future__ import annotations

from typing import NewType

BlobId = NewType("BlobId", str)
"""SHA-256 of a blob's bytes, in lower case hexadecimal."""
JobId = NewType("JobId", str)
"""Minted here before anything is sent; grows with time."""
OutputId = NewType("OutputId", str)
"""A job's id, a hyphen and the output's index from 0."""
LayerId = NewType("LayerId", str)
CommandId = NewType("CommandId", str)
ProviderId = NewType("ProviderId", str)
ModelId = NewType("ModelId", str)

LOCAL = ProviderId("local")
PLAYGROUND = ProviderId("playground")
"""The provider that the window sets up on this machine to try everything without paying."""


def output_id(job: JobId, index: int) -> OutputId:
    """The id of a job's output."""
    return OutputId(f"{job}-{index}")
