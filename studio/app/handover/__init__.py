"""Verbs and files handed to the window that holds the data folder, and its answers.

`counter.py` is the window's side, `courier.py` the side of the program that was started beside it, `letters.py` what
they say to each other, `meeting.py` how they meet. What a verb does is the session's: nothing of that is here. Read
`letters.py` first.
"""
