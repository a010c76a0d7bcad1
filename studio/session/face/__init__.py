"""What the window and the command line know of the session: view states, Protocols, the command table.

Read `desk.py` first. Only `studio.domain` is imported here, so the first frame needs nothing else.
"""
