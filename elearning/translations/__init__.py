"""Languages and translations: the table of languages, and the PO catalogues that hold translators' work. Pure."""
