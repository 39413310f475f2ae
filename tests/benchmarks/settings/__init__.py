"""A file of settings of 500 channels, applied in one transaction and in one each."""
