"""The time of day of one process, set forward and back from outside while its monotonic clock goes on as it was.

A small library is laid before the system's own; it adds what stands in a file to every time of day that anything in the
process asks for. It needs a C compiler and Linux; without one no clock is moved.
"""

import os
import shutil
import struct
import subprocess
from pathlib import Path

SOURCE = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile long long *ahead;

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("MOVED_CLOCK");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *page = mmap(0, sizeof *ahead, PROT_READ, MAP_SHARED, file, 0);
    if (page != MAP_FAILED) ahead = page;
    close(file);
}

int clock_gettime(clockid_t which, struct timespec *to) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
    int said = real(which, to);
    if (ahead && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE)) to->tv_sec += *ahead;
    return said;
}

int gettimeofday(struct timeval *to, void *zone) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    to->tv_sec = now.tv_sec;
    to->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *to) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (to) *to = now.tv_sec;
    return now.tv_sec;
}
"""
JUMPS_S = (3600, -3600, 86400, -86400)
"""An hour and a day, forward and back."""


class MovedClock:
    """A clock that processes started with `env` read; `jump` sets it."""

    def __init__(self, folder: Path) -> None:
        """Compiled into this folder, where there is a compiler."""
        self.ahead_s = 0
        self.jumps = 0
        self._file = folder / "moved_clock"
        self._library = folder / "moved_clock.so"
        self.works = self._compile(folder)
        self._file.write_bytes(struct.pack("q", 0))

    def _compile(self, folder: Path) -> bool:
        compiler = shutil.which("cc")
        if compiler is None or not os.path.isdir("/proc/self"):
            return False
        source = folder / "moved_clock.c"
        source.write_text(SOURCE, encoding="ascii")
        command = [compiler, "-O1", "-shared", "-fPIC", "-o", str(self._library), str(source), "-ldl"]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    @property
    def env(self) -> dict[str, str]:
        """What a process has to find in its environment."""
        return {"LD_PRELOAD": str(self._library), "MOVED_CLOCK": str(self._file)} if self.works else {}

    def jump(self, seconds: int) -> None:
        """The time of day is so much later (or earlier) from now on."""
        if not self.works:
            return
        self.ahead_s += seconds
        self.jumps += 1
        with self._file.open("r+b") as file:
            file.write(struct.pack("q", self.ahead_s))
