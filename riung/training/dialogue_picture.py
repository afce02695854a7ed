"""`riung gambar`: the dialogue as one HTML page, drawn from the YAML alone.

Menus, rules, stories and forms are trees, so a tree is all that is drawn: plain SVG, laid out here.
No drawing program has to be installed, nothing is loaded from elsewhere, and a node keeps its file
and line. What no message and no button leads to is marked.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from riung.training.dialogue_trees import Node, trees
from riung.training.project import read_project

WIDTH, HEIGHT, GAP_X, GAP_Y = 250, 40, 34, 10
"""Pixels of a box and between boxes."""

MOST_LETTERS = 36

STYLE = """
body{font:15px/1.45 system-ui,sans-serif;margin:1.5rem;color:#1c2b2a;background:#fff}
h1{font-size:1.4rem} summary{cursor:pointer;font-weight:600;margin:.7rem 0}
svg{display:block;max-width:none} .scroll{overflow-x:auto;border:1px solid #d5dedd;padding:8px}
rect{fill:#eef5f4;stroke:#5b8f89} .menu rect{fill:#fff6e0;stroke:#b98a1c}
.answer rect{fill:#eaf2ff;stroke:#5277b5} .action rect{fill:#f1ecfb;stroke:#7a5cb0}
.lost rect{fill:#fdecea;stroke:#b3261e;stroke-width:2;stroke-dasharray:5 3}
path{fill:none;stroke:#9bb0ae} text{font-size:12px} .place{font-size:10px;fill:#566}
@media print{details{display:block}}
"""


def write(root: Path, path: Path) -> tuple[int, int]:
    """Draw the assistant of a folder.

    Returns:
        How many parts there are, and how many of them nothing leads to.

    Raises:
        YamlError: a file is not readable.
    """
    project, _ = read_project(root)
    drawn = trees(project)
    nodes = [node for tree in drawn for node in tree.all()]
    lost = [node for node in nodes if node.is_lost]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_page(drawn, lost), "utf-8")
    return len(nodes), len(lost)


def _page(drawn: list[Node], lost: list[Node]) -> str:
    listed = "".join(f"<li>{escape(one.title)} <small>{escape(one.place)}</small>" for one in lost)
    sections = "".join(
        f"<details{' open' if place == 0 else ''}><summary>{escape(tree.title)}</summary>"
        f'<div class="scroll">{draw(tree)}</div></details>'
        for place, tree in enumerate(drawn)
    )
    nothing = "<p>Semua bagian terjangkau.</p>"
    return (
        '<!doctype html><html lang="id"><head><meta charset="utf-8">'
        f"<title>Gambar percakapan</title><style>{STYLE}</style></head><body>"
        "<h1>Gambar percakapan</h1><p>Tiap kotak menyebut berkas dan barisnya. Kuning: menu; hijau:"
        " aturan, cerita, isian; biru: jawaban; ungu: tindakan program. Garis putus-putus merah:"
        " tidak ada pesan atau tombol yang sampai ke sana.</p>"
        f"<h2>Tidak terjangkau: {len(lost)}</h2>{f'<ul>{listed}</ul>' if lost else nothing}"
        f"{sections}</body></html>\n"
    )


def draw(tree: Node) -> str:
    """One tree as SVG: depth goes to the right, siblings go down."""
    parts: list[str] = []
    rows, depth = _place(tree, 0, 0, parts)
    width, height = depth * (WIDTH + GAP_X), rows * (HEIGHT + GAP_Y)
    label = escape(tree.title, quote=True)
    return (
        f'<svg role="img" aria-label="{label}" width="{width}" height="{height}" '
        f'viewBox="-1 -1 {width} {height}">{"".join(parts)}</svg>'
    )


def _place(node: Node, row: int, depth: int, parts: list[str]) -> tuple[int, int]:
    """Draw a node in a row and what hangs on it; how many rows and columns that takes."""
    x, y = depth * (WIDTH + GAP_X), row * (HEIGHT + GAP_Y)
    parts.append(_box(node, x, y))
    taken, columns = 0, depth + 1
    for child in node.children:
        below = (row + taken) * (HEIGHT + GAP_Y) + HEIGHT // 2
        start, middle = x + WIDTH, x + WIDTH + GAP_X // 2
        parts.append(f'<path d="M{start} {y + HEIGHT // 2}H{middle}V{below}H{start + GAP_X}"/>')
        rows, deepest = _place(child, row + taken, depth + 1, parts)
        taken, columns = taken + rows, max(columns, deepest)
    return max(taken, 1), columns


def _box(node: Node, x: int, y: int) -> str:
    kind = f"{node.kind} lost" if node.is_lost else node.kind
    shown = node.title if len(node.title) <= MOST_LETTERS else f"{node.title[: MOST_LETTERS - 1]}…"
    return (
        f'<g class="{kind}"><title>{escape(node.title)} ({escape(node.place)})</title>'
        f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="6"/>'
        f'<text x="{x + 8}" y="{y + 17}">{escape(shown)}</text>'
        f'<text class="place" x="{x + 8}" y="{y + 32}">{escape(node.place)}</text></g>'
    )
