-- Replaces a sealed shift that nobody has changed or removed meanwhile; returns 1, or 0.   KEYS: shifts   given: id before after
if redis.call('HGET', KEYS[1], given.id) ~= given.before then return 0 end
redis.call('HSET', KEYS[1], given.id, given.after)
return 1
