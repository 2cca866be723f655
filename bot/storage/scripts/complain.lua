-- Records complaints outside a turn.   given: about, as complain() reads it
complain(given.about)
return 1
