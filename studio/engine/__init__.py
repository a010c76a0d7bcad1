"""What the local engine can do to a picture: remove, extend, select, cut out, upscale, blend.

Pure functions on numpy arrays (RGB or RGBA bytes, masks of bytes where 255 means "change"). No process, no loop, no
file but the model files, and nothing kept between calls but what the caller holds (`nets.Models`, `select.Scene`).

Read `operations.py` first for what there is and how good it is, then `dispatch.py` for how an order becomes events,
then the operation you are after. `vocabulary.py` and `operations.py` need no numpy, so that anyone may import them.
"""
