"""Simulation attempts: cases played page by page, their events kept, their debrief."""
