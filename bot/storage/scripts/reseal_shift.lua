-- Replaces a sealed shift that nobody has removed meanwhile.   KEYS: shifts   given: id before after
if redis.call('HGET', KEYS[1], given.id) == given.before then redis.call('HSET', KEYS[1], given.id, given.after) end
