-- Adds a note of the desk to a conversation, which expires with it.   KEYS: conversation notes   given: sealed
local conversation, notes = unpack(KEYS)
local left = redis.call('PTTL', conversation)
if left <= 0 then return 0 end
redis.call('RPUSH', notes, given.sealed)
redis.call('LTRIM', notes, -200, -1)
redis.call('PEXPIRE', notes, left)
return 1
