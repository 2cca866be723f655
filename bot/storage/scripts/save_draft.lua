-- Stores what an operator has begun to write, for as long as the conversation lives; '' deletes it.
-- KEYS: conversation draft   given: sealed('' for none)
local conversation, draft = unpack(KEYS)
local left = redis.call('PTTL', conversation)
if left <= 0 then return 0 end
if given.sealed == '' then redis.call('DEL', draft) else redis.call('SET', draft, given.sealed, 'PX', left) end
return 1
