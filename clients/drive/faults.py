"""Proxies on loopback: one that loses answers, as a network does, and one before which something happens."""

import socket

from drive.proxy import Proxy


class LosingProxy(Proxy):
    """Passes every request on to the server, and closes the first `losses` connections instead of passing back an answer."""

    def __init__(self, url, losses):
        host, port = url.removeprefix("http://").split(":")
        self.upstream = (host, int(port))
        self.losses = losses
        self.lost = 0
        super().__init__()

    def _serve(self, near):
        with near, socket.create_connection(self.upstream) as far:
            far.sendall(read_message(near))
            answer = read_message(far)
            if self.lost < self.losses:
                self.lost += 1
            else:
                near.sendall(answer)


class MeddlingProxy(LosingProxy):
    """Passes every request on, and does `first` before the first one that has `mark` in its head."""

    def __init__(self, url, mark, first):
        self.mark, self.first = mark, first
        super().__init__(url, losses=0)

    def _serve(self, near):
        with near, socket.create_connection(self.upstream) as far:
            request = read_message(near)
            if self.first and self.mark in request:
                first, self.first = self.first, None
                first()
            far.sendall(request)
            near.sendall(read_message(far))


def read_message(one):
    """One HTTP/1.1 message with a content-length."""
    message = b""
    while b"\r\n\r\n" not in message:
        message += receive(one)
    head, _, body = message.partition(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    while len(body) < int(lengths[0]):
        more = receive(one)
        message, body = message + more, body + more
    return message


def receive(one):
    some = one.recv(65536)
    if not some:
        raise ConnectionError("closed within a message")
    return some
