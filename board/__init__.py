"""The board: a local web page that shows what is claimed, who says it, and what contradicts what."""
