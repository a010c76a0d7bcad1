"""Small controls that know nothing of the application: buttons, segments, sliders, number fields, thumbnails."""
