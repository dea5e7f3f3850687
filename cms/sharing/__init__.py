"""How the network's content travels: feeds, previews in other networks, structured data, widgets, short links.

Nouns: feed, poster (the picture that stands for a page elsewhere), widget (a card or list in somebody else's page),
short link. It reads the directory and adds itself to pages through the page parts; no page type and no block may know
it.
"""
