-- Replaces a sealed proposal that nobody has changed or answered meanwhile, or ends it; returns 1, or 0.
-- KEYS: swaps   given: swap before after(none: it ends)
if redis.call('HGET', KEYS[1], given.swap) ~= given.before then return 0 end
if given.after then redis.call('HSET', KEYS[1], given.swap, given.after) else redis.call('HDEL', KEYS[1], given.swap) end
return 1
