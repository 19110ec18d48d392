"""The Flask app: a view reads the request, calls one flow, answers."""
