"""What Alembic runs: the steps, on the connection and in the transaction that `storage.migrate` opened."""

from alembic import context

from storage.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    # SQLite alters a table by building it anew.
    render_as_batch=connection.dialect.name == "sqlite",
)
context.run_migrations()
