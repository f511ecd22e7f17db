"""Where pages come from: files, folders, mail, feeds, web archives."""
