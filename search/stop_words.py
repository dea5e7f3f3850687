"""Words that say nothing about what somebody looks for. PostgreSQL brings its own lists; these are for SQLite."""

ENGLISH = """
a an the and or but not no nor if then than that this these those there here of in on at to from by for with
without about into over under up down out off as so such it its is are was were be been being am do does did
has have had will would can could should may might must i me my we us our you your he him his she her they
them their who whom which what when where why how all any both each more most some only own same too very
"""
# Folded, as they are compared.
GERMAN = """
der die das den dem des ein eine einen einem einer eines und oder aber nicht kein keine keinen wenn dann als
wie auch nur noch schon sehr so zu zum zur von vom aus bei beim mit ohne fur gegen um durch in im ins an am
ans auf uber unter vor nach seit bis es er sie ich du wir ihr mich mir dich dir uns euch ihm ihn ihnen mein
dein sein unser euer ist sind war waren bin bist wird werden wurde wurden hat haben hatte kann konnen soll
will dass da hier dort was wer wo wann warum welche welcher welches dieser diese dieses alle jede jeder man
"""
STOP_WORDS = {"english": frozenset(ENGLISH.split()), "german": frozenset(GERMAN.split())}
