"""The composition root: where the rooms are made, joined and ended. Nothing else may know all of them.

Read `run.py` first, then `opening.py` for the window and `rooms.py` for what stands behind it.
"""
