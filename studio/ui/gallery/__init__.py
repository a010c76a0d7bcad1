"""The pictures that were made, and the jobs that make them. Read `panel.py` first."""
