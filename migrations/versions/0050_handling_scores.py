"""How good forecasts of handling times were, beside the scores of their calls."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

COLUMNS = {
    "handled_calls": "absent: no handling times",
    "handling_wape": "of seconds, by the mean of each interval",
    "simple_handling_wape": "of the hour of the week over 8 weeks",
    "handling_within_80": "share of intervals' means",
}


def upgrade() -> None:
    for name, comment in COLUMNS.items():
        op.add_column("forecast_scores", sa.Column(name, sa.Float(), comment=comment))


def downgrade() -> None:
    for name in COLUMNS:
        op.drop_column("forecast_scores", name)
