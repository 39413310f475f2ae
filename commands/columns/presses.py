"""What the buttons and forms of matches are called; *Match columns* is ``commands.files.MATCH``."""

FORM, MORE = "columns_form", "columns_more"
GRAIN, WHOSE = "columns_grain", "columns_whose"
LIST, CHANGE, REMOVE = "column_list", "columns_change", "columns_remove"
RESTORE, EXPORT = "columns_restore", "columns_export"
