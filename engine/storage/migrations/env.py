"""Runs the migrations on a connection that the caller hands over."""

from alembic import context
from sqlmodel import SQLModel

from engine.storage import tables

assert tables.NAMING  # the import fills the metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
