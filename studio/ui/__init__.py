"""The window: widgets that show what the session's face tells and turn gestures into calls on it.

No file format, no document, no engine: nothing here imports more than `studio.domain` and `studio.session.face`.
Read `window.py` first (what stands where), then `actions.py` (how a key or a menu becomes a command).
"""
