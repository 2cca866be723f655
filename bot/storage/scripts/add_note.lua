-- Adds a note of the desk to a conversation, which expires with it.   KEYS: conversation notes   ARGV: sealed
local left = redis.call('PTTL', KEYS[1])
if left <= 0 then return 0 end
redis.call('RPUSH', KEYS[2], ARGV[1])
redis.call('LTRIM', KEYS[2], -200, -1)
redis.call('PEXPIRE', KEYS[2], left)
return 1
