"""What every test shares."""

from __future__ import annotations

from hypothesis import settings

# A busy machine is slow, not wrong; and the same commit is judged by the same examples.
settings.register_profile("parade", deadline=None, derandomize=True, database=None)
settings.load_profile("parade")
