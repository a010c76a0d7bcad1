"""Where heavy work runs: pools of threads, the decode process and the engine process, pixels between them by memory.

What the work is belongs to others (`studio.imaging`, `studio.engine`); here is only where it runs, under which limits,
and how it is ended. Read `offload.py` first, then `child.py`, on which both kinds of process stand.
"""
