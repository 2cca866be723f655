-- Returns what the engine knows of a conversation, in one step. A full Redis would refuse a transaction, though it only reads.
-- KEYS: conversation record tracker answer awake organisation   ARGV: the command that finds the suspended services
local found = {redis.call('HGET', KEYS[1], 'key')}
for i = 2, 5 do found[i] = redis.call('GET', KEYS[i]) end
found[6] = redis.call(unpack(ARGV))
found[7] = redis.call('GET', KEYS[6])
return found
