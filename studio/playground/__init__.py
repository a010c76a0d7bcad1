"""A provider of one's own on loopback that speaks and refuses as the documents of the real ones do, for tests and for
trying the flow without paying. Its pictures say DEMO.

Nothing of `wire` or `providers` is used here: a server that shared its reading with our client would agree with it
even where both are wrong. Read `server.py` first, then one file of `routes/`.
"""
