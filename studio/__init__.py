"""Overpaint: a desktop studio for editing pictures with image models.

Read `domain/` first for the nouns, then `session/face/` for what the window and the command line know of the
application, then `app.py` for how the rooms are put together.
"""
