"""The session driven from a terminal: arguments in, JSON lines or words out, an exit status.

What the verbs do is the session's; only its face and the domain are known here. Nothing of this room but
`arguments.py` is loaded when a window is to be opened. Read `main.py` first.
"""
