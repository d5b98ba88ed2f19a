"""Accounts, organisations, roles and sign-in."""
