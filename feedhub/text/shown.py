"""A value as a message repeats it: short, on one line, and printable whatever it holds."""

_LONGEST = 60


def shown(value: object) -> str:
    """The value much as TOML writes it, cut at 60 characters."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    return f'"{bare(value)}"' if isinstance(value, str) else bare(str(value))


def bare(text: str) -> str:
    """The text without quotes."""
    short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in short)
