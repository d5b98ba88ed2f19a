"""Cases on disk: branching scenarios, read, proved, played, scored and drawn. Pure: no web, no database, no clock."""
