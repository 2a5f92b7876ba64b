"""EC2, as far as gateways need one: `moto_server`, where it is installed."""

import re
import shutil
import subprocess
import threading

# It prints this once it listens, on the port that it took.
LISTENING = re.compile(r"Running on (http://127\.0\.0\.1:\d+)")
START_S = 60


def installed():
    """Whether it can be used here."""
    return shutil.which("moto_server") is not None


class Moto:
    """One process. It is ended by its id, and by nothing else."""

    def __init__(self):
        self.process = subprocess.Popen(
            ["moto_server", "-H", "127.0.0.1", "-p", "0"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.url, self.found = None, threading.Event()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        if not self.found.wait(START_S) or self.url is None:
            self.kill()
            raise RuntimeError("moto_server did not start")

    def _read(self):
        # Read to the end, so that it never waits for somebody to read what it prints.
        for line in self.process.stdout:
            if match := LISTENING.search(line):
                self.url = match.group(1)
                self.found.set()
        self.found.set()

    def kill(self):
        """Ends it; it keeps nothing."""
        self.process.kill()
        self.process.wait()
        self.reader.join()
        self.process.stdout.close()
