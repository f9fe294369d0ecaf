"""Theme: every colour, size and distance of the window, by name; light and dark, and a stronger palette of each."""

from dataclasses import dataclass, replace

Colour = tuple[int, int, int]

SMALL, BODY, LARGE, TITLE, CLOCK = 13.0, 15.0, 18.0, 22.0, 26.0
"""Sizes of text before scaling."""
GAP, PAD, WIDE = 4.0, 8.0, 16.0
"""Distances before scaling: between what belongs together, inside a panel, between panels."""
RADIUS = 7.0


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by what they are for."""

    name: str
    ground: Colour
    """Behind everything, and the open ground of the map."""
    panel: Colour
    raised: Colour
    """Buttons and cards on a panel."""
    hover: Colour
    line: Colour
    """Edges of panels and buttons; at least 3:1 only where an edge is all that shows a control."""
    text: Colour
    muted: Colour
    """Second-rank text; still 4.5:1 on panel and raised."""
    accent: Colour
    """What can be done next, and what is chosen."""
    on_accent: Colour
    good: Colour
    warn: Colour
    bad: Colour
    on_bad: Colour
    calm: Colour
    """People who stand, and the calm state."""
    agitated: Colour
    """People taking part loudly, and the agitated state."""
    confronting: Colour
    """People obstructing or using violence, and clash."""
    officers: Colour
    solid: Colour
    """Buildings and walls."""
    place: Colour
    """Outlines of named places."""
    road: Colour
    vehicle: Colour
    shade: Colour
    """Laid over what a dialog makes wait."""


DARK = Theme(
    name="dark",
    ground=(30, 35, 43),
    panel=(37, 43, 52),
    raised=(49, 56, 67),
    hover=(61, 70, 83),
    line=(84, 94, 109),
    text=(236, 239, 243),
    muted=(174, 182, 193),
    accent=(94, 177, 239),
    on_accent=(12, 20, 30),
    good=(120, 205, 140),
    warn=(240, 196, 84),
    bad=(255, 138, 122),
    on_bad=(40, 8, 6),
    calm=(140, 144, 150),
    agitated=(215, 220, 11),
    confronting=(204, 120, 67),
    officers=(86, 180, 233),
    solid=(62, 68, 78),
    place=(98, 108, 122),
    road=(43, 48, 57),
    vehicle=(166, 154, 128),
    shade=(10, 12, 16),
)
LIGHT = Theme(
    name="light",
    ground=(240, 242, 245),
    panel=(250, 251, 252),
    raised=(232, 236, 241),
    hover=(216, 223, 231),
    line=(160, 170, 182),
    text=(24, 29, 36),
    muted=(78, 87, 98),
    accent=(0, 92, 175),
    on_accent=(255, 255, 255),
    good=(22, 112, 52),
    warn=(138, 88, 0),
    bad=(176, 32, 28),
    on_bad=(255, 255, 255),
    calm=(124, 128, 130),
    agitated=(158, 131, 16),
    confronting=(152, 35, 30),
    officers=(0, 90, 170),
    solid=(205, 210, 217),
    place=(150, 158, 168),
    road=(226, 229, 234),
    vehicle=(120, 106, 78),
    shade=(60, 66, 74),
)


def _strong(theme: Theme, ground: Colour, edge: Colour, calm: Colour) -> Theme:
    """The theme with the strongest contrasts it allows."""
    return replace(theme, ground=ground, panel=ground, text=edge, muted=edge, line=edge, place=edge, calm=calm)


PALETTES = {
    ("dark", "standard"): DARK,
    ("light", "standard"): LIGHT,
    ("dark", "strong"): _strong(DARK, (0, 0, 0), (255, 255, 255), (150, 154, 160)),
    ("light", "strong"): _strong(LIGHT, (255, 255, 255), (0, 0, 0), (112, 116, 120)),
}
"""Every theme by lightness and palette."""


def luminance(colour: Colour) -> float:
    """Relative luminance, 0 black .. 1 white (WCAG 2.2)."""
    parts = [c / 255.0 for c in colour]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    """Contrast of two colours, 1 .. 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """The first colour with so large a share of the other, 0 .. 1."""
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))  # type: ignore[return-value]
