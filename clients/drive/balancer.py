"""A balancer as they stand before several nodes: connections go to each in turn, and one that cannot be reached is left out."""

import socket
import threading

from drive.proxy import Proxy

CONNECT_S = 2


class Balancer(Proxy):
    """Passes bytes on, and knows nothing of what they say. `first_answer` is called with the node's number before its first
    answer is passed on; where it says so, the connection is closed instead."""

    def __init__(self, urls, first_answer=None):
        self.backends = [(number, *url.removeprefix("http://").split(":")) for number, url in enumerate(urls)]
        self.first_answer = first_answer
        self.turn = 0
        self.lock = threading.Lock()
        super().__init__()

    def _serve(self, near):
        number, far = self._connect()
        if far is None:
            near.close()
            return
        threading.Thread(target=self._copy, args=(near, far, None), daemon=True).start()
        self._copy(far, near, number)

    def _connect(self):
        while True:
            with self.lock:
                if not self.backends:
                    return None, None
                self.turn += 1
                backend = self.backends[self.turn % len(self.backends)]
            number, host, port = backend
            try:
                far = socket.create_connection((host, int(port)), timeout=CONNECT_S)
                far.settimeout(None)
                return number, far
            except OSError:
                with self.lock:
                    if backend in self.backends:
                        self.backends.remove(backend)

    def _copy(self, source, target, answers_of):
        try:
            while read := source.recv(65536):
                if answers_of is not None and self._is_lost(answers_of):
                    break
                target.sendall(read)
        except OSError:
            # Either side has gone: so has the connection.
            pass
        for one in (source, target):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def _is_lost(self, number):
        with self.lock:
            first, self.first_answer = self.first_answer, None
        return first is not None and first(number)
