"""problem reports can be settled

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("problem_reports", schema=None) as batch_op:
        batch_op.add_column(sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("settled_by", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_problem_reports_settled_at"), ["settled_at"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_problem_reports_settled_by_people"), "people", ["settled_by"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("problem_reports", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_problem_reports_settled_by_people"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_problem_reports_settled_at"))
        batch_op.drop_column("settled_by")
        batch_op.drop_column("settled_at")
