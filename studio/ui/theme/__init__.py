"""How it looks: colours, palette, style sheet and icons. `tokens.py` is the only file that names a colour."""
