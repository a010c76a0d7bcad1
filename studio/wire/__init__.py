"""Each provider's protocol as functions: an order to the bytes that are sent, and what came back to what it says.

Not here: sockets, clocks, retries, keys in a request (`auth.py` makes their header, the carrier adds it), and pixels:
pictures and masks come encoded. Read `messages.py` first, then `routing.py` and one of the routes.
"""
