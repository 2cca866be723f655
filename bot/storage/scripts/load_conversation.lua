-- Returns what the engine knows of a conversation, in one step, by name: key record tracker answer awake suspended organisation.
-- A full Redis would refuse a transaction, though it only reads.
-- KEYS: conversation record tracker answer awake organisation   given: suspended(the command that finds the suspended services)
local conversation, record, tracker, answer, awake, organisation = unpack(KEYS)
local found = {key = redis.call('HGET', conversation, 'key') or nil, suspended = redis.call(unpack(given.suspended))}
for name, key in pairs({record = record, tracker = tracker, answer = answer, awake = awake, organisation = organisation}) do
  found[name] = redis.call('GET', key) or nil
end
return cmsgpack.pack(found)
