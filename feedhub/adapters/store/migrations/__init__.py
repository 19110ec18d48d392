"""How a database comes to have the tables: a step a revision, forward only, run by `schema.migrate`."""
