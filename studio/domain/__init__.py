"""The nouns and their laws: geometry, pixels as plain bytes, requests, capabilities, job events, problems.

Nothing here knows a toolkit, a file format, a socket or a clock, and nothing here imports anything outside the
standard library. Read `geometry.py` first, then `request.py` and `job.py`.
"""
