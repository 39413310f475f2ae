"""Rows over HTTP, on both databases, over real sockets."""
