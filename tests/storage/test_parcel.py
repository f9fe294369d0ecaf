"""A scenario as one file: it comes back as it was; two hundred hostile files write nothing and leave nothing behind."""

import io
import json
import shutil
import stat
import struct
import wave
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pygame
import pytest

from sim.core.errors import BadInput
from sim.core.noise import Noise, Stream
from sim.storage.library import load_playbook
from sim.storage.media import PNG, anew, jpeg_size, png_size
from sim.storage.parcel import FORMAT, MANIFEST, SCENARIO, pack_up, unpack
from sim.storage.template import begin

GOOD_MANIFEST = json.dumps({"format": FORMAT, "scenario": "mine"}).encode()
HOSTILE_NAMES = (
    "../evil.yaml", "../../evil.yaml", "/tmp/evil.yaml", "/etc/passwd", "C:\\evil.yaml", "c:/evil.yaml",
    "\\\\host\\evil", "..\\evil.yaml", "responses/../../evil.yaml", "responses/..", "responses/.", "responses/",
    "./scenario.yaml",
    "responses//evil.yaml", "scenario.yaml/", "scenario.yaml/evil", "SCENARIO.YAML", "Scenario.yaml", "scenario.yaml ",
    "scenario.yaml.", "scenario.yml", "scenario.yaml\x00.png", "evil\x00", "\x00", "responses/evil.yaml\n", "con.yaml",
    "responses/CON.yaml", "responses/evil.py", "responses/evil.yaml.exe", "evil.sh", "__init__.py", ".bashrc",
    "responses/.hidden.yaml", "pictures/../evil.png", "pictures/evil.png", "pictures/1.png", "pictures/001.png",
    "pictures/01.svg", "pictures/01.PNG", "sounds/01.ogg", "sounds/01.exe",
    "packs/../../../evil.yaml", "rubrics/~/evil.yaml",
    "~/evil.yaml", "$HOME/evil.yaml", "responses/%2e%2e/evil.yaml", "responses/\u202eevil.yaml", "响应/evil.yaml",
    "responses/" + "a" * 300 + ".yaml", "a" * 5000, "", " ",
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return begin("scenario", "mine", tmp_path / "home")


def picture(wide: int = 8, high: int = 6, kind: str = "png") -> bytes:
    out = io.BytesIO()
    surface = pygame.Surface((wide, high))
    surface.fill((200, 30, 30))
    pygame.image.save(surface, out, f"x.{kind}")
    return out.getvalue()


def sound(frames: int = 800) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\x01\x02" * frames)
    return out.getvalue()


def parcel(path: Path, parts: list[tuple[Any, bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return path


def good(path: Path) -> list[tuple[Any, bytes]]:
    return [(MANIFEST, GOOD_MANIFEST), (SCENARIO, path.read_bytes())]


def tree(folder: Path) -> set[tuple[str, int]]:
    return {(str(p.relative_to(folder)), p.stat().st_size if p.is_file() else -1) for p in folder.rglob("*")}


def refused(parcel_file: Path, root: Path) -> str:
    """The sentence a parcel is refused with; nothing at all changed on the disk."""
    before = tree(root)
    with pytest.raises(BadInput) as why:
        unpack(parcel_file, root / "into")
    assert before == tree(root)
    return str(why.value)


def test_a_scenario_comes_back_with_all_that_belongs_to_it(path: Path, tmp_path: Path) -> None:
    home = path.parent
    begin("response", "tea", home)
    begin("pack", "town", home)
    text = path.read_text(encoding="utf-8").replace(
        "  unlawful_orders: refuse", "  domestic: town\n  unlawful_orders: mark"
    )
    path.write_text(text.replace("durations:", "special: [tea]\ndurations:"), encoding="utf-8")
    for folder, name, content in (("pictures", "a map.png", picture()), ("sounds", "b.wav", sound())):
        (home / folder / "mine").mkdir(parents=True)
        (home / folder / "mine" / name).write_bytes(content)
    (home / "lines").mkdir()
    for name in ("mine.yaml", "mine.quiet.yaml", "other.yaml"):
        (home / "lines" / name).write_text('- {at: "01:00", response: first_contact}\n', encoding="utf-8")
    pack_up(str(path), tmp_path / "mine.zip")
    found = unpack(tmp_path / "mine.zip", tmp_path / "into")
    assert path.read_bytes() == found.read_bytes()
    assert load_playbook(str(path)).digest == load_playbook(str(found)).digest
    names = {str(p.relative_to(found.parent)) for p in found.parent.rglob("*") if p.is_file()}
    lines = {"lines/mine.yaml", "lines/mine.quiet.yaml"}
    media = {"pictures/mine/01.png", "sounds/mine/01.wav"}
    assert {"mine.yaml", "responses/tea.yaml", "packs/town.yaml"} | lines | media == names


def test_a_line_its_scenario_cannot_carry_out_is_refused(path: Path, tmp_path: Path) -> None:
    parts = [*good(path), ("lines/author.yaml", b'- {at: "01:00", response: dance}\n')]
    assert "dance" in refused(parcel(tmp_path / "bad.zip", parts), tmp_path)


def test_the_same_files_make_the_same_parcel(path: Path, tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        pack_up(str(path), tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_what_is_there_already_stays(path: Path, tmp_path: Path) -> None:
    pack_up(str(path), tmp_path / "mine.zip")
    found = unpack(tmp_path / "mine.zip", tmp_path / "into")
    found.write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput, match="is there already"):
        unpack(tmp_path / "mine.zip", tmp_path / "into")
    assert "mine" == found.read_text(encoding="utf-8")


@pytest.mark.parametrize("with_scenario", [True, False])
@pytest.mark.parametrize("first", [True, False])
def test_no_name_inside_decides_where_anything_is_written(
    path: Path, tmp_path: Path, with_scenario: bool, first: bool
) -> None:
    (tmp_path / "into").mkdir()
    assert len(HOSTILE_NAMES) * 4 >= 200
    for name in HOSTILE_NAMES:
        hostile = zipfile.ZipInfo("x")
        hostile.filename = hostile.orig_filename = name
        parts = good(path) if with_scenario else []
        parts.insert(0 if first else len(parts), (hostile, b"evil"))
        each = parcel(tmp_path / "evil.zip", parts)
        refused(each, tmp_path)
        each.unlink()


def links(path: Path) -> Iterator[tuple[str, list[tuple[Any, bytes]]]]:
    for kind in (stat.S_IFLNK, stat.S_IFDIR, stat.S_IFCHR, stat.S_IFIFO, stat.S_IFSOCK):
        info = zipfile.ZipInfo("responses/evil.yaml")
        info.external_attr = (kind | 0o777) << 16
        yield f"mode {kind:o}", [*good(path), (info, b"/etc/passwd")]


def test_links_and_devices_are_refused(path: Path, tmp_path: Path) -> None:
    for _, parts in links(path):
        assert "no plain file" in refused(parcel(tmp_path / "evil.zip", parts), tmp_path)


def png_of(side: int) -> bytes:
    """The beginning of a PNG that says to be so large."""
    return PNG + b"\0\0\0\rIHDR" + struct.pack(">II", side, side) + b"\0" * 20


BAD_CONTENT: dict[str, tuple[str, bytes]] = {
    "a program as a picture": ("pictures/01.png", b"MZ" + b"\0" * 100),
    "a page as a picture": ("pictures/01.jpg", b"<svg onload=alert(1)>"),
    "a bare sign of PNG": ("pictures/01.png", PNG),
    "a picture of a million a side": (
        "pictures/01.png",
        PNG + b"\0\0\0\rIHDR" + struct.pack(">II", 1_000_000, 1_000_000) + b"\0" * 20,
    ),
    "a picture of no size": ("pictures/01.png", PNG + b"\0\0\0\rIHDR" + struct.pack(">II", 0, 0) + b"\0" * 20),
    "a JPEG called PNG": ("pictures/01.png", b"\xff\xd8\xff\xe0" + b"\0" * 60),
    "a sound that is none": ("sounds/01.wav", b"RIFFxxxxWAVE" + b"\0" * 20),
    "a text as a sound": ("sounds/01.wav", b"hello"),
    "a response that is no yaml": ("responses/evil.yaml", b"\xff\xfe\x00evil"),
    "a bomb of aliases": ("responses/evil.yaml", b"a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n"),
    "a tag": ("responses/evil.yaml", b"!!python/object/apply:os.system ['true']\n"),
    "a response that shadows another": ("responses/first_contact.yaml", b"schema: 1\n"),
    "a floor of its own": ("packs/un_baseline.yaml", b"schema: 1\n"),
    "a scenario as law": ("packs/evil.yaml", b"schema: 1\nid: evil\n"),
}


@pytest.mark.parametrize("what", BAD_CONTENT)
def test_content_that_is_not_what_its_name_says_is_refused(path: Path, tmp_path: Path, what: str) -> None:
    refused(parcel(tmp_path / "evil.zip", [*good(path), BAD_CONTENT[what]]), tmp_path)


def test_scenarios_that_cannot_be_played_are_refused(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    changes = (("id: mine", "id: taxi_ring_square"), ("at: command_post", "at: nowhere"), ("schema: 2", "schema: 99"))
    for wrong in ("", "[]", "id: ../evil\n", "id: 7\n", *(text.replace(old, new) for old, new in changes)):
        refused(parcel(tmp_path / "evil.zip", [(MANIFEST, GOOD_MANIFEST), (SCENARIO, wrong.encode())]), tmp_path)


def test_manifests_of_another_format_are_refused(path: Path, tmp_path: Path) -> None:
    for manifest in (b"", b"[]", b"{}", b'{"format": 2}', b'{"format": "1"}', b"[" * 5000, b"\xff"):
        refused(parcel(tmp_path / "evil.zip", [(MANIFEST, manifest), good(path)[1]]), tmp_path)


def test_bombs_are_refused_before_they_unpack(path: Path, tmp_path: Path) -> None:
    parts = [*good(path), ("pictures/01.png", b"\0" * 7_000_000)]
    assert "far more than is stored" in refused(parcel(tmp_path / "evil.zip", parts), tmp_path)
    many = [*good(path), *((f"responses/a{k}.yaml", b"x") for k in range(250))]
    assert "more than 200 parts" in refused(parcel(tmp_path / "evil.zip", many), tmp_path)


def test_a_size_that_lies_is_found_out(path: Path, tmp_path: Path) -> None:
    each = parcel(tmp_path / "evil.zip", [*good(path), ("responses/evil.yaml", bytes(range(256)) * 4000)])
    data = bytearray(each.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    each.write_bytes(data)
    refused(each, tmp_path)


def test_damaged_and_locked_files_are_refused(path: Path, tmp_path: Path) -> None:
    each = parcel(tmp_path / "evil.zip", good(path))
    whole = each.read_bytes()
    for cut in (0, 1, 20, len(whole) // 2, len(whole) - 1):
        each.write_bytes(whole[:cut])
        refused(each, tmp_path)
    for k in range(10, len(whole) - 60, max(1, len(whole) // 12)):
        broken = bytearray(whole)
        broken[k] ^= 0xFF
        each.write_bytes(broken)
        before = tree(tmp_path)
        try:
            found = unpack(each, tmp_path / "into")
        except BadInput:
            assert before == tree(tmp_path)
        else:
            # A date or a mode inside may be another: what is let in is what was packed.
            assert path.read_bytes() == found.read_bytes()
            shutil.rmtree(tmp_path / "into")
    locked = bytearray(whole)
    for sign in (b"PK\x01\x02", b"PK\x03\x04"):
        at = locked.find(sign)
        locked[at + (8 if sign[2] == 1 else 6)] |= 1
    each.write_bytes(locked)
    assert "encrypted" in refused(each, tmp_path)


def test_a_picture_is_written_anew_without_what_was_hidden_in_it() -> None:
    for kind in ("png", "jpg"):
        hidden = picture(kind=kind) + b"<script>alert(1)</script>"
        clean = anew(hidden, f"pictures/01.{kind}")
        assert (8, 6) == png_size(clean)
        assert b"script" not in clean


def test_a_sound_is_written_anew_without_what_was_hidden_in_it() -> None:
    hidden = sound() + b"LIST\x10\0\0\0<script>alert(1)"
    assert sound() == anew(hidden, "sounds/01.wav")


def test_sizes_are_read_without_decoding() -> None:
    assert (13, 7) == png_size(picture(13, 7))
    assert (13, 7) == jpeg_size(picture(13, 7, "jpg"))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["png", "jpg"])
def test_broken_pictures_are_refused_or_written_anew_and_nothing_else(kind: str) -> None:
    whole = picture(40, 30, kind)
    dice = Noise(7)
    for k in range(30):
        broken = bytearray(whole)
        for part in range(1 + k % 5):
            at = dice.choice(len(broken), Stream.EXPERIMENT, k, part)
            broken[at] = dice.choice(256, Stream.EXPERIMENT, k, 100 + part)
        if k % 3 == 0:
            broken = broken[: dice.choice(len(broken), Stream.EXPERIMENT, k, 200)]
        try:
            clean = anew(bytes(broken), f"pictures/01.{kind}")
        except BadInput:
            continue
        assert clean.startswith(PNG)
