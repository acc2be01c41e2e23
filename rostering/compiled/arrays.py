"""Arrays that compiled code reads."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]
"""Read or written in every move: half as long, so that they stay near."""

Bytes = npt.NDArray[np.uint8]
