"""The canvas area of the window: the picture, what lies over it, and the gestures on it.

Not here: pixels of any picture (they come ready from the desk's canvas face), the tools' rules (the session's), menus
and keys of commands (the window's). Read `area.py` first, then `transform.py` and `surface.py`.
"""
