"""Courses on disk, read into typed objects, rendered in each language, and kept in a store. Pure."""
