"""The HTML that a reader sees under a title, with the line that says whose story it is."""

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands round a story's text, as plain text: `place` of the credit is top, bottom or off."""

    title: str
    credit: str
    page: str
    note: str
    place: str


def body(html: str, frame: Frame) -> str:
    """Some cleaned HTML with the credit above or below it, and a correction line above all; never empty.

    Where nothing else would be left the title stands alone: Atom wants a text in every entry (RFC 4287, section
    4.1.1.1), and so do readers that show bodies only.
    """
    credit = f'<p><small>{escape(frame.credit)} · <a href="{escape(frame.page)}">why</a></small></p>'
    parts = (
        f"<p><strong>{escape(frame.note)}</strong></p>" if frame.note else "",
        credit if frame.place == "top" else "",
        html,
        credit if frame.place == "bottom" else "",
    )
    return "".join(parts) or f"<p>{escape(frame.title)}</p>"
