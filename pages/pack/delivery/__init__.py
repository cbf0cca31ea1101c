"""Issued packs on their way: by e-mail, to another program, into a folder; retried, logged, never twice."""
