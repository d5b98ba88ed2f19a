"""Catalogue, lessons, quizzes, enrolments and progress."""
