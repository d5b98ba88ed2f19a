"""What every room stands on: settings, the database session, the clock, ids, domain errors, scopes. No routes."""
