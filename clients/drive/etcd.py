"""One member of etcd on free loopback ports, as the tests in Rust find it: `XTASK_ETCD`, what the test command has fetched,
or that of the path."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from .server import WORKSPACE

START_S = 30
# Where nothing waits for a disk: what is tested is not the disk's.
MEMORY = Path("/dev/shm")


def binary():
    """The program, or nothing."""
    named = [os.environ.get("XTASK_ETCD"), WORKSPACE / "target/etcd/usr/bin/etcd", shutil.which("etcd")]
    return next((Path(path) for path in named if path and Path(path).is_file()), None)


class Etcd:
    """One process, and its data in a folder of its own, which ends with it."""

    def __init__(self, program):
        self.folder = tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None)
        clients, peers = free_ports(2)
        self.url, peer = (f"http://127.0.0.1:{port}" for port in (clients, peers))
        flags = {
            "name": "m",
            "data-dir": str(Path(self.folder.name) / "m"),
            "listen-client-urls": self.url,
            "advertise-client-urls": self.url,
            "listen-peer-urls": peer,
            "initial-advertise-peer-urls": peer,
            "initial-cluster": f"m={peer}",
            "max-txn-ops": "1024",
            "logger": "zap",
            "log-level": "error",
        }
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        # It is not to outlive a run of tests that is killed.
        bound = ["setpriv", "--pdeathsig", "KILL", "--"] if shutil.which("setpriv") else []
        command = [*bound, program, *(f"--{flag}={value}" for flag, value in flags.items())]
        self.process = subprocess.Popen(command, **quiet)
        self._await_health()

    def _await_health(self):
        until = time.monotonic() + START_S
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=2) as answer:
                    if b'"true"' in answer.read():
                        return
            except (urllib.error.URLError, OSError):
                pass
            time.sleep(0.02)
        self.stop()
        raise RuntimeError("etcd did not start")

    def place(self, prefix):
        """What `--store` wants."""
        return f"etcd://{self.url.removeprefix('http://')}/{prefix}"

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.folder.cleanup()


def free_ports(count):
    """So many ports that nobody listens on."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports
