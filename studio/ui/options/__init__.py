"""The bar above the canvas: what the tool in hand can be told. Read `bar.py` first."""
