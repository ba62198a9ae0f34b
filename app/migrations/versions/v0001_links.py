"""Links: a state under the hash of its content."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "links",
        sa.Column("id", sa.String(26), primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("saved", sa.Date, nullable=False, index=True),
    )


def downgrade() -> None:
    op.drop_table("links")
