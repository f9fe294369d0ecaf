"""Files in and out: reading what people wrote, and keeping what runs leave behind."""

__all__: list[str] = []
