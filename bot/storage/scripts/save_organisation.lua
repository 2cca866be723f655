-- Writes the settings of the organisation if they are still as they were read.
-- KEYS: organisation   given: before('' for none) after
if (redis.call('GET', KEYS[1]) or '') ~= given.before then return 0 end
redis.call('SET', KEYS[1], given.after)
return 1
