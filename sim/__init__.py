"""Common Ground: a crowd, a trainee's orders, and a score for keeping a public incident calm and lawful."""

__version__ = "0.1.0"

__all__ = ["__version__"]
