"""What the tests drive the server with: the process, the clients, the README's own blocks."""
