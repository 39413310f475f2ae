"""What the buttons and forms of matches are called."""

from commands.files import MATCH

__all__ = ["CHANGE", "EXPORT", "FORM", "GRAIN", "LIST", "MATCH", "MORE", "REMOVE", "RESTORE"]

FORM, MORE, GRAIN = "columns_form", "columns_more", "columns_grain"
LIST, CHANGE, REMOVE = "column_list", "columns_change", "columns_remove"
RESTORE, EXPORT = "columns_restore", "columns_export"
