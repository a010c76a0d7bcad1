"""The panel that asks for a picture: prompt, references, model, parameters, Run. Read `panel.py` first."""
