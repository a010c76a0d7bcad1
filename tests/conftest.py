"""What holds in every ring."""

from __future__ import annotations

from hypothesis import settings

# No deadline: how long one example takes says more about the neighbours on the machine than about the code.
settings.register_profile("rings", deadline=None, max_examples=50)
settings.load_profile("rings")
