"""The verbs: each takes values and returns a value, with the reason where it decides."""
