"""Carries orders out: by the local engine, or over HTTP. Each provider matches `jobs/ports.py`'s Provider by shape.

Not here: where the engine's process runs (`studio.workers`), what its operations do (`studio.engine`), what the bytes
on the wire mean (`studio.wire`). Read `ports.py` first, then `local.py`; for the wire `remote.py`, then `http.py`.
"""
