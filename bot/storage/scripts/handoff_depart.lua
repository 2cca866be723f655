-- A supervisor leaves a conversation that they have joined; it stays with its operator.
-- KEYS: conversation handoff   given: id supervisor
local id = given.id
if redis.call('EXISTS', KEYS[1], KEYS[2]) < 2 then return outcome('gone', id) end
if handoff(id, 'joined') ~= given.supervisor then return outcome('not_yours', id) end
depart(id)
return outcome('', id)
