"""The application without a window: editor, tools, generate, results, gallery, and the commands that drive them.

No widget, no file format, no socket. `face/` is all that the window and the command line know of it; start there,
then read `application.py`, which puts the parts together.
"""
