"""Keep what people enter in the register."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table of entries."""
    op.create_table(
        "entry",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("tx", NUMBER, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("verb", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("undoes", NUMBER, nullable=True),
    )
    op.create_index("entry_subject", "entry", ["subject"])
