"""What can be done with demand. Every verb takes the transaction of its caller and never commits.

A queue that is not of the caller's control room sounds like one that does not exist.
"""

from __future__ import annotations

from app.demand.reading import Sheet
from app.demand.series import counts_of
from app.demand.service.files import (
    Understood,
    drop_mapping,
    drop_upload,
    keep_upload,
    mappings,
    open_file,
    proposed,
    save_mapping,
    saved_mapping,
    understand,
    upload,
)
from app.demand.service.intake import receive
from app.demand.service.kept import (
    batch,
    batches,
    history,
    intervals,
    newest_batch,
    observed,
    revisions,
    table,
)
from app.demand.service.quality import quality
from app.demand.service.queues import (
    change_queue,
    create_queue,
    find_outside,
    name_outside,
    queue,
    queues,
)
from app.demand.values import (
    Batch,
    Bookmark,
    ColumnMapping,
    Counts,
    DayQuality,
    Figures,
    Interval,
    IntervalPage,
    Measure,
    Measured,
    Observed,
    Preview,
    Queue,
    QueueChange,
    Received,
    Revision,
    SampleRow,
    SavedMapping,
    Upload,
)

__all__ = [
    "Batch",
    "Bookmark",
    "ColumnMapping",
    "Counts",
    "DayQuality",
    "Figures",
    "Interval",
    "IntervalPage",
    "Measure",
    "Measured",
    "Observed",
    "Preview",
    "Queue",
    "QueueChange",
    "Received",
    "Revision",
    "SampleRow",
    "SavedMapping",
    "Sheet",
    "Understood",
    "Upload",
    "batch",
    "batches",
    "change_queue",
    "counts_of",
    "create_queue",
    "drop_mapping",
    "drop_upload",
    "find_outside",
    "history",
    "intervals",
    "keep_upload",
    "mappings",
    "name_outside",
    "newest_batch",
    "observed",
    "open_file",
    "proposed",
    "quality",
    "queue",
    "queues",
    "receive",
    "revisions",
    "save_mapping",
    "saved_mapping",
    "table",
    "understand",
    "upload",
]
