"""One class a use case, its ports as fields, one `__call__`."""
