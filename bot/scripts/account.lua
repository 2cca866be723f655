-- Writes an account of the desk if it still is as it was read, and if nobody else has its name.
-- KEYS: account name former_name   ARGV: before ('' for a new one) after id seconds
-- Gives 1 when written, 0 when another was faster, -1 when the name is taken
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
local holder = redis.call('GET', KEYS[2])
if holder and holder ~= ARGV[3] then return -1 end
if KEYS[3] ~= KEYS[2] then redis.call('DEL', KEYS[3]) end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[4])
redis.call('SET', KEYS[2], ARGV[3], 'EX', ARGV[4])
return 1
