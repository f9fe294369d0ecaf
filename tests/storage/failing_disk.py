"""A disk that fails at the k-th call, for everything in a process: the program, SQLite, whoever writes.

A small library is laid before the system's own (a C compiler and Linux are needed); a page of memory shared with it
says which kind of call fails, which one of them, and as what. Only files and folders count, no pipes or sockets.
"""

import errno
import mmap
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SOURCE = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct page { long long kind, at, error, half, lasts, count, hit; };
static struct page *page;
enum { OPEN = 1, WRITE, SYNC, RENAME };

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("FAILING_DISK");
    int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *found = mmap(0, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (found != MAP_FAILED) page = found;
}

static int due(int kind) {
    if (!page || page->kind != kind) return 0;
    page->count++;
    if (!page->at || page->count < page->at || page->count >= page->at + page->lasts) return 0;
    page->hit++;
    return 1;
}

static int fails(void) { errno = (int)page->error; return -1; }

static int regular(int file) {
    struct stat found;
    return page && page->kind && !fstat(file, &found) && S_ISREG(found.st_mode);
}

#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); if (!real) real = dlsym(RTLD_NEXT, #name)
#define OPENS(name) \
    int name(const char *path, int flags, ...) { \
        REAL(int, name, const char *, int, ...); \
        va_list more; va_start(more, flags); mode_t mode = va_arg(more, mode_t); va_end(more); \
        if ((flags & (O_WRONLY | O_RDWR | O_CREAT)) && due(OPEN)) return fails(); \
        return real(path, flags, mode); \
    }
OPENS(open)
OPENS(open64)

ssize_t write(int file, const void *data, size_t size) {
    REAL(ssize_t, write, int, const void *, size_t);
    if (!regular(file) || !due(WRITE)) return real(file, data, size);
    if (page->half && size > 1) {
        ssize_t done = real(file, data, size / 2);
        if (page->half == 1) return done;
    }
    return fails();
}

#define PWRITES(name) \
    ssize_t name(int file, const void *data, size_t size, off_t at) { \
        REAL(ssize_t, name, int, const void *, size_t, off_t); \
        if (!regular(file) || !due(WRITE)) return real(file, data, size, at); \
        if (page->half && size > 1) { \
            ssize_t done = real(file, data, size / 2, at); \
            if (page->half == 1) return done; \
        } \
        return fails(); \
    }
PWRITES(pwrite)
PWRITES(pwrite64)

int fsync(int file) {
    REAL(int, fsync, int);
    return due(SYNC) ? fails() : real(file);
}
int fdatasync(int file) {
    REAL(int, fdatasync, int);
    return due(SYNC) ? fails() : real(file);
}
int rename(const char *from, const char *to) {
    REAL(int, rename, const char *, const char *);
    return due(RENAME) ? fails() : real(from, to);
}
int renameat(int a, const char *from, int b, const char *to) {
    REAL(int, renameat, int, const char *, int, const char *);
    return due(RENAME) ? fails() : real(a, from, b, to);
}
"""
CALLS = {"open": 1, "write": 2, "fsync": 3, "rename": 4}
ERRORS = {"ENOSPC": errno.ENOSPC, "EIO": errno.EIO, "EACCES": errno.EACCES}
HALVES = {"": 0, "short": 1, "half": 2}
"""Of a write: nothing of it is done; half of it, and that is said; half of it, and an error is said."""
AGAIN = "FAILING_DISK"
"""Set in the environment of a process that has the library."""


class Disk:
    """The disk of this process, which has to have been started by `with_library`."""

    def __init__(self) -> None:
        """Sound."""
        self._file = open(os.environ[AGAIN], "r+b")  # noqa: SIM115 - as long as the process lives
        self._page = mmap.mmap(self._file.fileno(), 56)

    @contextmanager
    def failing(self, call: str, at: int, error: int, *, half: str = "", lasts: int = 1) -> Iterator[None]:
        """So many such calls fail, the `at`-th first; 0 only counts."""
        self._page[:] = struct.pack("7q", CALLS[call], at, error, HALVES[half], lasts, 0, 0)
        try:
            yield
        finally:
            self._page[:8] = struct.pack("q", 0)

    @property
    def hit(self) -> bool:
        """True where a call did fail."""
        return bool(struct.unpack("7q", self._page[:])[6])

    @property
    def calls(self) -> int:
        """Calls of the kind that was asked for, so far."""
        return int(struct.unpack("7q", self._page[:])[5])


def available() -> bool:
    """True where the library can be made."""
    return shutil.which("cc") is not None and sys.platform == "linux"


def with_library(module: str, arguments: list[str], folder: Path) -> "subprocess.CompletedProcess[str]":
    """Runs a module in a process whose disk can be made to fail."""
    source, library, page = folder / "disk.c", folder / "disk.so", folder / "page"
    source.write_text(SOURCE, encoding="ascii")
    page.write_bytes(bytes(56))
    command = ["cc", "-O1", "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"]
    subprocess.run(command, check=True, capture_output=True)
    env = {**os.environ, "LD_PRELOAD": str(library), AGAIN: str(page)}
    return subprocess.run(
        [sys.executable, "-m", module, *arguments], env=env, capture_output=True, text=True, check=False
    )
