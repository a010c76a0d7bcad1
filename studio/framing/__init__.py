"""From document and mask to what is sent, and back: crop, fit, masks, the transform record, pasting back.

All of it is plain functions with frozen arguments that may run in any thread, and none of it knows who carries the
order out. Not here: the protocols (`studio.providers`, `studio.engine`), how pixels are mixed (`studio.imaging`).
Read `crop.py` first, then `prepare.py` (there) and `place.py` (back again).
"""
