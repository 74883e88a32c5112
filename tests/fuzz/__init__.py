"""Malformed and random requests at the whole application, made from a description of its forms."""
