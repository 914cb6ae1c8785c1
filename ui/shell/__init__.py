"""The frame around the pages: rail, top bar, search, and going from page to page."""
