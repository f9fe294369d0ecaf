"""Preferences: how one person wants the window; kept between runs and changed at any moment."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

SCALES = (0.75, 2.0)


@dataclass(slots=True)
class Preferences:
    """What the settings page shows."""

    language: str = ""
    """`en` or `zh`; "" for the system's."""
    theme: str = "dark"
    palette: str = "standard"
    scale: float = 0.0
    """0 follows the height of the window."""
    projector: bool = False
    """Light, large and thick, with a halo round the pointer."""
    reduced_motion: bool = False
    sound: float = 0.0
    murmur: float = 0.6
    alert: float = 0.8
    speed: float = 1.0
    keys: dict[str, str] = field(default_factory=dict)
    window: tuple[int, int] = (0, 0)
    """Size when the window was closed last; 0 opens at four fifths of the screen."""
    scenario: str = ""
    """Played last."""
    learnt: list[str] = field(default_factory=list)
    """Hints that need not be shown any more, by name."""

    def as_dict(self) -> dict[str, Any]:
        """JSON-able form."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Preferences":
        """The preferences in `data`; what is missing or makes no sense takes its usual value."""
        found = cls()
        for each in fields(cls):
            value, usual = data.get(each.name), getattr(found, each.name)
            if each.name == "window":
                if isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(v, int) for v in value):
                    found.window = (value[0], value[1])
            elif isinstance(usual, float) and isinstance(value, int | float) and not isinstance(value, bool):
                setattr(found, each.name, float(value))
            elif type(value) is type(usual):
                setattr(found, each.name, value)
        found.keys = {str(k): str(v) for k, v in found.keys.items()}
        found.learnt = [str(name) for name in found.learnt]
        found.theme = found.theme if found.theme in {"dark", "light"} else "dark"
        found.palette = found.palette if found.palette in {"standard", "strong"} else "standard"
        found.language = found.language if found.language in {"en", "zh"} else ""
        found.scale = 0.0 if found.scale <= 0.0 else max(SCALES[0], min(SCALES[1], found.scale))
        for name in ("sound", "murmur", "alert"):
            setattr(found, name, max(0.0, min(1.0, getattr(found, name))))
        return found

    def size_for(self, height: int) -> float:
        """Pixels for each unit in a window so high: 0.85 at 720, 1.25 at 1080, unless chosen by hand."""
        if self.scale:
            chosen = self.scale
        else:
            chosen = max(SCALES[0], min(SCALES[1], 0.85 + (height - 720) / 360 * 0.4))
        return max(chosen, 1.5) if self.projector else chosen
