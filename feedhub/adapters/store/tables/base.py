"""What all tables have in common."""

from sqlalchemy import MetaData

REVISIONS = ("0001", "0002", "0003", "0004")
"""Every state the tables have ever had, as migrations/versions names them, the last being this one."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)
