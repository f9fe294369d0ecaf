"""The window a trainee sits at: it draws what a seat may see, turns keys and clicks into orders, decides nothing."""

__all__ = ["office", "preference", "window"]
