"""The document: an immutable stack of layers over tiles, its edits (state to state), strokes, difference, history.

A state is never changed; an edit gives a new one that shares every untouched tile. Pixels are only touched through
`studio.imaging`. Not here: files (`studio.storage`), what is sent to a model (`studio.framing`), what the user sees
of it (`studio.session`). Read `state.py` first, then `edits.py` and `history.py`.
"""
