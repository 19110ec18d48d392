"""Speed and memory, on demand: `make bench`, or one by name: `python -m bench poll`."""
