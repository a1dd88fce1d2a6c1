"""Text and comparisons to lines and rows of terminal cells. Knows rich.cells and nothing of a screen."""
