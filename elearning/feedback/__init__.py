"""Surveys after a course or a case, and reports of problems on a page."""
