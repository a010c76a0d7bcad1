"""The page of the settings where providers and their keys are set up. Not the model list. Read `page.py` first."""
