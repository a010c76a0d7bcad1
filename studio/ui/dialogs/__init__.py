"""Dialogs and windows of their own, loaded when they are first asked for. Read `openers.py` first."""
