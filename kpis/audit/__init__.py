"""The integrity audit: what in the data cannot be, and which figures wait until it is mended."""
