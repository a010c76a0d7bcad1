"""The lists of the document: layers, saved masks, history. Read `layers.py` first."""
