"""How authors' files are read: YAML with line numbers, Markdown with one parse for translation and display. Pure."""
