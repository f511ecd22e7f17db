"""The commands, each a few lines around a function found elsewhere."""
