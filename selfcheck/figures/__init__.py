"""Poses and places to drawings."""
