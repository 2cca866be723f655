-- Returns what the engine knows of a conversation, in one step, by name: lives record tracker answer awake suspended.
-- A full Redis would refuse a transaction, though it only reads.
-- KEYS: conversation record tracker answer awake   given: suspended(the command that finds the suspended services)
local conversation, record, tracker, answer, awake = unpack(KEYS)
local found = {lives = redis.call('HEXISTS', conversation, 'key') == 1, suspended = redis.call(unpack(given.suspended))}
for name, key in pairs({record = record, tracker = tracker, answer = answer, awake = awake}) do
  found[name] = redis.call('GET', key) or nil
end
return cmsgpack.pack(found)
