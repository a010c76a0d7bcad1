"""Carries orders out: here by the local engine. Each provider matches `jobs/ports.py`'s Provider by shape.

Where the engine's process runs is not decided here (`studio.workers`), nor what its operations do (`studio.engine`).
Read `ports.py` first, then `local.py`.
"""
