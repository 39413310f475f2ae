"""Installing Kepi into many workspaces: the pages, the store of tokens, and their renewal."""
