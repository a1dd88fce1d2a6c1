"""Read one story in several sources, side by side, in the terminal."""

__version__ = "0.1.0"
