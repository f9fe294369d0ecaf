"""The composition root: reads arguments, prepares the compiler's folder, builds the outer rooms and hands over."""

import argparse
import atexit
import contextlib
import errno
import gc
import importlib
import os
import pkgutil
import sys
import traceback
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any, NoReturn, TextIO, cast

from sim.storage.folder import home
from sim.storage.kernels import is_ready, prepare

RARELY = (100_000, 20, 50)
"""How seldom Python looks for rings of objects nobody needs: reading modules makes hundreds of thousands that stay."""
WIDEST = 2000
"""Columns; lines are filled up with blanks to their width, and `COLUMNS` may say anything."""
OUTPUT_FAILS = {errno.ENOSPC, errno.EIO, errno.EFBIG, errno.EDQUOT}
DONE, DIFFERS, BAD, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: done; the thing checked does not hold; bad usage or input; interrupted."""


class _Usage(Exception):  # noqa: N818 - it is no error of the program, it is what argparse wants said
    """Bad usage, with the message and the usage line."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _Usage(f"{self.format_usage()}{self.prog}: {message}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code. Never ends in a traceback unless `--debug` asks for one."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in given
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    look_for_garbage_seldom()
    with contextlib.redirect_stderr(cast("TextIO", _Notices(sys.stderr))):
        return _main(given, debug=debug)


def look_for_garbage_seldom() -> None:
    """Python looks through all there is seldom from now on, and not at all at the end of the process.

    That takes 0.1 to 0.2 s of a start, and 0.3 s of its end, when the system takes everything back anyway.
    """
    gc.set_threshold(*RARELY)
    atexit.register(gc.freeze)


def _main(given: list[str], *, debug: bool) -> int:  # noqa: C901, PLR0912 - each way a command can end
    _threads(given)
    _width()
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    folder = prepare(home())
    if (
        "serve" in given
        and not {"--quiet", "--help", "-h"} & set(given)
        and folder is not None
        and not is_ready(folder)
    ):
        _first_start()
    from sim.core.errors import CommonGroundError

    try:
        return _run_out(given, debug=debug)
    except _Usage as usage:
        print(usage, file=sys.stderr)
        return BAD
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        _let_go_of_output()
        return DONE
    except CommonGroundError as wrong:
        if debug:
            traceback.print_exc()
        else:
            _explain(wrong, _language(given))
        return BAD
    except ModuleNotFoundError as missing:
        if debug or (missing.name or "").startswith("sim"):
            raise
        _not_set_up(missing.name or "")
        return BAD
    except OSError as wrong:
        if debug:
            raise
        _refused(wrong, _language(given))
        return BAD
    except Exception:
        if debug:
            raise
        _confess(_language(given))
        return BAD


class _Notices:
    """The second stream; a notice that cannot be written (`2>&1 | head -1`, a full disk) ends nothing."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with contextlib.suppress(OSError):
            if self._stream is not None:
                self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError):
            if self._stream is not None:
                self._stream.flush()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - everything else is the stream's own
        return getattr(self._stream, name)


def _run_out(given: list[str], *, debug: bool) -> int:
    """What still waits to go out is part of the command: where that fails only at exit, nothing plain is said of it."""
    code = _run(given, debug=debug)
    if sys.stdout is not None:
        sys.stdout.flush()
    return code


def _width() -> None:
    """A width no terminal has, such as the 0 of one that was never told its size, is as good as none."""
    said = os.environ.get("COLUMNS", "")
    if said.isdigit() and not 0 < int(said) <= WIDEST:
        del os.environ["COLUMNS"]


def _let_go_of_output() -> None:
    """What is left to print would only fail again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _threads(given: list[str]) -> None:
    """The thread count has to be known before the compiler is imported."""
    for k, word in enumerate(given):
        value = (
            word.partition("=")[2]
            if word.startswith("--threads=")
            else given[k + 1]
            if word == "--threads" and k + 1 < len(given)
            else ""
        )
        if value.isdigit() and int(value) > 0:
            os.environ["NUMBA_NUM_THREADS"] = value
    os.environ.setdefault("OMP_NUM_THREADS", "1")


def _language(given: list[str]) -> str:
    from sim.storage.language import system_language

    for k, word in enumerate(given):
        value = (
            word.partition("=")[2]
            if word.startswith("--lang=")
            else given[k + 1]
            if word == "--lang" and k + 1 < len(given)
            else ""
        )
        if value in {"en", "zh"}:
            return value
    return system_language()


def _commands(asked: str) -> dict[str, ModuleType]:
    """The command asked for, so that a start reads no other; all of them when there is none of that name."""
    import sim.command

    files = [info.name for info in pkgutil.iter_modules(sim.command.__path__)]
    for names in ([name for name in files if name == asked], files):
        modules = [importlib.import_module(f"sim.command.{name}") for name in names]
        found = {str(module.NAME): module for module in modules if hasattr(module, "NAME")}
        if found:
            break
    return found


def _options_first(given: list[str]) -> tuple[list[str], list[str]]:
    """What was asked for, and the options that stood before it, of which `--lang` takes a word with it."""
    asks, at = ("-h", "--help", "--version"), 0
    while at < len(given) and given[at].startswith("-") and given[at] not in asks:
        at += 2 if given[at] in {"--lang", "--threads"} else 1
    return given[at:], given[:at]


def _run(given: list[str], *, debug: bool) -> int:
    from sim import __version__
    from sim.command import Setting
    from sim.storage.language import speech

    say = speech("zh" if _language(given) == "zh" else "en")
    given, options = _options_first(given)
    given = [*(given or _choose(say)), *options]
    common = _Parser(add_help=False)
    common.add_argument("--lang", choices=("en", "zh"), help=say("language: en or zh"))
    common.add_argument("--quiet", action="store_true", help=say("no progress, no notices"))
    common.add_argument("--debug", action="store_true", help=say("show a traceback when something fails"))
    parser = _Parser(prog="commonground", description=say("Common Ground: a training simulation for crowd incidents."))
    parser.add_argument("--version", action="version", version=f"commonground {__version__}")
    parsers = parser.add_subparsers(dest="command", metavar=say("COMMAND"), parser_class=_Parser)
    commands = _commands(given[0] if given else "")
    for name, module in commands.items():
        sub = parsers.add_parser(
            name,
            parents=[common],
            help=say(module.HELP),
            description=say(module.HELP),
            epilog=say("Example: {example}", example=module.EXAMPLE),
        )
        module.arguments(sub, say)
    args = parser.parse_args(given)
    if args.command is None:
        parser.print_help()
        return BAD
    run: Callable[[argparse.Namespace, Setting], int] = commands[args.command].run
    return run(args, Setting(say, quiet=args.quiet, debug=debug))


def _choose(say: Callable[..., str]) -> list[str]:
    """What to do when nothing was asked for: the window, without a screen the terminal, else a demonstration."""
    from sim.desktop.window import can_open

    if can_open():
        return ["play"]
    if sys.stdin.isatty() and sys.stdout.isatty():
        print(
            say("Starting terminal play of the taxi blockade. `--help` lists everything else."),
            file=sys.stderr,
        )
        return ["play", "taxi_ring_square", "--console"]
    print(say("No terminal here: playing the demonstration and writing a report."), file=sys.stderr)
    return ["demo"]


def _explain(wrong: Exception, language: str) -> None:
    from sim.core.errors import BadInput, CommonGroundError
    from sim.storage.language import speech

    say = speech("zh" if language == "zh" else "en")
    if isinstance(wrong, BadInput):
        for fault in wrong.faults:
            print(": ".join(part for part in (fault.place, say(fault.message)) if part), file=sys.stderr)
            if fault.hint is not None:
                print("    " + say(fault.hint), file=sys.stderr)
    elif isinstance(wrong, CommonGroundError):
        print(say(wrong.phrase), file=sys.stderr)


def _first_start() -> None:
    """In both languages: to read the catalogue takes as long as what is to be waited for here."""
    print(
        "Starting. The first time on a computer this takes about a minute.\n正在启动，本机首次约需一分钟。",
        file=sys.stderr,
        flush=True,
    )


def _not_set_up(package: str) -> None:
    """Both languages at once: the catalogue cannot be read without the packages either."""
    print(
        f"{package} is not installed for {sys.executable}. Start the program with the Python it was installed for "
        "(.venv/bin/python, on Windows .venv\\Scripts\\python), or install it: python -m pip install .\n"
        f"{sys.executable} 中没有安装 {package}。请用安装了本程序的 Python 启动（.venv/bin/python，Windows 为 "
        ".venv\\Scripts\\python），或先安装：python -m pip install .",
        file=sys.stderr,
    )


def _refused(wrong: OSError, language: str) -> None:
    """What the system would not do with a file; with what is printed it has no name."""
    from sim.storage.language import speech

    say = speech("zh" if language == "zh" else "en")
    why = wrong.strerror or str(wrong)
    if wrong.filename is not None:
        said = say("{file} cannot be used: {why}", file=str(wrong.filename), why=why)
    elif wrong.errno in OUTPUT_FAILS:
        said = say("what was to be printed could not be written: {why}", why=why)
        with contextlib.suppress(OSError, ValueError, AttributeError):
            _let_go_of_output()
    else:
        _confess(language)
        return
    print(said, file=sys.stderr)


def _confess(language: str) -> None:
    from sim.storage.language import speech

    say = speech("zh" if language == "zh" else "en")
    kind, error, _ = sys.exc_info()
    print(
        say(
            "Something went wrong inside the program ({kind}: {error}). Nothing that was saved is lost. "
            "Run it again with --debug and report what it shows.",
            kind=kind.__name__ if kind else "",
            error=str(error),
        ),
        file=sys.stderr,
    )


if __name__ == "__main__":
    raise SystemExit(main())
