"""The real yaml-language-server, spoken to as an editor speaks to it."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PACKAGE = "yaml-language-server@1"


def find_server(folder: Path) -> list[str] | None:
    """How to start it: what is on the path, else installed by npm into the folder; None without npm or network."""
    if own := shutil.which("yaml-language-server"):
        return [own, "--stdio"]
    npm = shutil.which("npm")
    if npm is None:
        return None
    told = subprocess.run(
        [npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", PACKAGE],
        capture_output=True,
        timeout=300,
        check=False,
    )
    program = folder / "node_modules" / ".bin" / "yaml-language-server"
    return [str(program), "--stdio"] if told.returncode == 0 and program.exists() else None


class Editor:
    """An editor with one file open."""

    def __init__(self, command: list[str], file: Path) -> None:
        """Starts the server and opens the file."""
        self._server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=dict(os.environ))
        self._number = 0
        self._kept: list[dict[str, Any]] = []
        self.uri = file.resolve().as_uri()
        folder = file.resolve().parent.as_uri()
        self.ask("initialize", processId=None, rootUri=folder, capabilities={}, workspaceFolders=None)
        self._send("initialized")
        settings = {"yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}}
        self._send("workspace/didChangeConfiguration", settings=settings)
        text = file.read_text(encoding="utf-8")
        document = {"uri": self.uri, "languageId": "yaml", "version": 1, "text": text}
        self._send("textDocument/didOpen", textDocument=document)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.kill()
        self._server.communicate()

    def at(self, request: str, line: int, column: int) -> Any:
        """Asks about a place, counted from 1."""
        position = {"line": line - 1, "character": column - 1}
        return self.ask(f"textDocument/{request}", textDocument={"uri": self.uri}, position=position)

    def diagnostics(self) -> list[dict[str, Any]]:
        """What it underlines in the file: the first list it sends after having looked."""
        while True:
            told = self._kept.pop(0) if self._kept else self._read()
            if told.get("method") == "textDocument/publishDiagnostics" and told["params"]["uri"] == self.uri:
                found: list[dict[str, Any]] = told["params"]["diagnostics"]
                return found

    def ask(self, method: str, **params: Any) -> Any:
        """One request and its answer."""
        self._number += 1
        self._write({"id": self._number, "method": method, "params": params})
        while True:
            told = self._read()
            if told.get("id") == self._number and "method" not in told:
                assert "error" not in told, told
                return told["result"]
            self._kept.append(told)

    def _send(self, method: str, **params: Any) -> None:
        self._write({"method": method, "params": params})

    def _write(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._server.stdin is not None
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._server.stdin.flush()

    def _read(self) -> dict[str, Any]:
        """The next message; a request of the server's own is answered with nothing."""
        assert self._server.stdout is not None
        length = 0
        while (line := self._server.stdout.readline().strip()) or not length:
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        told: dict[str, Any] = json.loads(self._server.stdout.read(length))
        if "id" in told and "method" in told:
            items = told.get("params", {}).get("items", [])
            self._write({"id": told["id"], "result": [None] * len(items) if items else None})
        return told
