"""A running `crossconnect serve` on a free loopback port, and its control API."""

import json
import os
import queue
import re
import signal
import subprocess
import threading
import urllib.error
import urllib.request
from pathlib import Path

WORKSPACE = Path(__file__).resolve().parents[2]

# A debug build on a busy machine opens its store well within this.
START_S = 60
STOP_S = 30

LISTENING = re.compile(r"listening on (https?://127\.0\.0\.1:\d+)")


class ControlError(Exception):
    """The control API refused a call."""

    def __init__(self, status, body):
        super().__init__(f"{status}: {body}")
        self.status = status
        self.body = body


class Server:
    """One process. It is stopped by its id, and by nothing else."""

    def __init__(self, binary, *arguments, listen="127.0.0.1:0", folder, log=None):
        self.log = Path(log or Path(folder) / "server.log")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("CROSSCONNECT_")}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(binary), "serve", "--listen", listen, *arguments],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self.printed = []
        self.url = self._await_url()

    def _await_url(self):
        found = queue.Queue()

        def read():
            # Read to the end, so that the server never waits for somebody to read what it prints.
            for line in self.process.stdout:
                self.printed.append(line.rstrip("\n"))
                if match := LISTENING.search(line):
                    found.put(match.group(1))
            found.put(None)

        self.reader = threading.Thread(target=read, daemon=True)
        self.reader.start()
        try:
            url = found.get(timeout=START_S)
        except queue.Empty:
            url = None
        if url is None:
            self.kill()
            raise RuntimeError(f"the server did not start; it printed {self.printed}, and {self.log.read_text()}")
        return url

    def stop(self):
        """Asks it to end, as an operator does; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self._await_end()

    def kill(self):
        """Ends it without asking."""
        self.process.kill()
        return self._await_end()

    def _await_end(self):
        try:
            code = self.process.wait(timeout=STOP_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise RuntimeError(f"the server did not end within {STOP_S} s of SIGTERM") from None
        self.reader.join(timeout=STOP_S)
        self.process.stdout.close()
        return code

    def control(self, method, path, body=None):
        """A call of the control API; its answer, or ControlError."""
        request = urllib.request.Request(
            f"{self.url}/_crossconnect/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={} if body is None else {"content-type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=STOP_S) as answer:
                text = answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                raise ControlError(error.code, error.read().decode()) from None
        return json.loads(text) if text else None

    def advance(self, duration):
        """Moves a manual clock on, by an ISO 8601 duration."""
        self.control("POST", "clock", {"advance": duration})


def binary():
    """The binary: the one that the environment names, or the workspace's own, built now."""
    if named := os.environ.get("CROSSCONNECT_BINARY"):
        return Path(named)
    build = ["cargo", "build", "--package", "crossconnect-server", "--message-format", "json-render-diagnostics"]
    messages = subprocess.run(build, cwd=WORKSPACE, check=True, stdout=subprocess.PIPE, text=True).stdout
    for message in map(json.loads, messages.splitlines()):
        target = message.get("target", {})
        if message["reason"] == "compiler-artifact" and target["name"] == "crossconnect" and "bin" in target["kind"]:
            return Path(message["executable"])
    raise RuntimeError("cargo built no binary named crossconnect")
