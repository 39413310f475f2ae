"""What Alembic runs: always on a connection that ``storage.schema`` gives, in its transaction."""

from alembic import context
from sqlmodel import SQLModel

import storage.house_tables
import storage.issue_tables
import storage.outgoing_tables
import storage.record_tables
import storage.tables  # noqa: F401  (fills the metadata)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
