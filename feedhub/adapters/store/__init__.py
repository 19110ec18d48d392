"""The store: everything that is kept, in SQLite or PostgreSQL."""

from feedhub.adapters.store.schema import SchemaState, migrate, schema_state
from feedhub.adapters.store.store import SqlStore, open_store

__all__ = ["SchemaState", "SqlStore", "migrate", "open_store", "schema_state"]
