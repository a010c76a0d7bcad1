"""Pure functions from pixels to pixels: tiles, masks, dabs, resampling, compositing, decoding with limits, encoding.

Not here: what a document or a history is (`studio.document`), where files lie (`studio.storage`), threads and
processes (`studio.workers`). Pictures enter and leave as `studio.domain.pixels.Pixels`; arrays stay inside, but for
`arrays.py`, which the engine uses too. All of it may run in any thread. Read `tiles.py` first.
"""
