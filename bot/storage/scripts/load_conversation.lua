-- Returns what the engine knows of a conversation, in one step. A full Redis would refuse a transaction, though it only reads.
-- KEYS: conversation record tracker answer awake organisation   given: suspended(the command that finds the suspended services)
local conversation, record, tracker, answer, awake, organisation = unpack(KEYS)
local found = {redis.call('HGET', conversation, 'key')}
for i, key in ipairs({record, tracker, answer, awake}) do found[i + 1] = redis.call('GET', key) end
found[6] = redis.call(unpack(given.suspended))
found[7] = redis.call('GET', organisation)
return found
