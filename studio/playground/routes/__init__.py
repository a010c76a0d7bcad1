"""One file for each family of routes: what it takes, what it refuses and how it answers. Read `table.py` first."""
