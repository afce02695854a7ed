"""WhatsApp's length limits (Cloud API reference, state of 20 November 2026).

They hold at build time (`make check`), when a bubble is composed and in the simulator's Graph API.
"""

TEXT_BODY = 4096
INTERACTIVE_BODY = 1024
LIST_BODY = 4096
HEADER = 60
FOOTER = 60
CAPTION = 1024

BUTTONS = 3
BUTTON_TITLE = 20
BUTTON_ID = 256

LIST_ROWS = 10
LIST_SECTIONS = 10
LIST_BUTTON = 20
SECTION_TITLE = 24
ROW_TITLE = 24
ROW_DESCRIPTION = 72
ROW_ID = 200


def length(text: str) -> int:
    """Count `text` in UTF-16 units, the strictest reading of Meta's undefined "characters"."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int) -> str:
    """Shorten `text` to `limit` UTF-16 units at a word's end, marked with an ellipsis.

    Text that fits is returned unchanged; callers log when the result differs.
    """
    if length(text) <= limit:
        return text
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * (limit - 1)]
    kept = units.decode("utf-16-le", "ignore")
    head, space, _ = kept.rpartition(" ")
    return (head if space and len(head) > len(kept) // 2 else kept).rstrip() + "…"


def fitting(text: str, limit: int) -> str:
    """The text, which somebody edits, if it fits.

    Raises:
        ValueError: it has more than `limit` UTF-16 units (Indonesian, for who edits it).
    """
    if length(text) > limit:
        raise ValueError(f"'{cut(text, 40)}' lebih dari {limit} huruf, batas WhatsApp")
    return text
