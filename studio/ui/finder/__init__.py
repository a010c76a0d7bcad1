"""Finding a command: the palette and the list of keys, both made from the command table."""
