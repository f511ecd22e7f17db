"""How well we read, against gold records; floors that may only rise."""
