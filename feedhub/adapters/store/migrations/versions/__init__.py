"""The revisions, each frozen once it was released: none imports the tables or the model."""
