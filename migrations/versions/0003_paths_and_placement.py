"""the learning path that somebody follows, and units that a placement quiz has spared somebody

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "path_choices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=80), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_path_choices_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_path_choices")),
        sa.UniqueConstraint("person_id", name=op.f("uq_path_choices_person_id")),
    )
    with op.batch_alter_table("unit_completions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("by_placement", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("unit_completions", schema=None) as batch_op:
        batch_op.drop_column("by_placement")
    op.drop_table("path_choices")
