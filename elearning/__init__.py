"""The MCOF e-learning platform."""
