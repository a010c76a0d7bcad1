"""What a job may become, as a fold over its events, and the asyncio runner that drives it through ports.

No HTTP, no SQLite, no pixels: those come in through `ports.py`. Read `fold.py` first, then `runner.py`.
"""
