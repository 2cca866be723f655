-- Replaces the sealed value that was read; 0 if another is there by now.   KEYS: record   given: before after
if redis.call('GET', KEYS[1]) ~= given.before then return 0 end
redis.call('SET', KEYS[1], given.after, 'KEEPTTL')
return 1
