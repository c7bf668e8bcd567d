"""What the body of an item is made of: text, pictures, tables, charts, and the forms of 政策解读."""

from .body import BodyBlock, numbered, settled
from .figures import chart_of_block, grid_of_block, svg_of_block
from .indicators import register_indicators
from .pictures import Picture, picture, resolving
from .reading import links, passages, pictures, plain_text, tables

__all__ = [
    "BodyBlock",
    "Picture",
    "chart_of_block",
    "grid_of_block",
    "links",
    "numbered",
    "passages",
    "picture",
    "pictures",
    "plain_text",
    "register_indicators",
    "resolving",
    "settled",
    "svg_of_block",
    "tables",
]
