-- Stores what an operator has begun to write, for as long as the conversation lives; '' deletes it.
-- KEYS: conversation draft   ARGV: sealed('' for none)
local left = redis.call('PTTL', KEYS[1])
if left <= 0 then return 0 end
if ARGV[1] == '' then redis.call('DEL', KEYS[2]) else redis.call('SET', KEYS[2], ARGV[1], 'PX', left) end
return 1
