"""What every page shares: base templates and macros, form fields, access, languages, error pages, security headers."""
