"""What Alembic runs to migrate the connection that `schema.upgrade` hands over."""

from alembic import context

from feedhub.adapters.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
