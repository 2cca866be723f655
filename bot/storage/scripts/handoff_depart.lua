-- A supervisor leaves a conversation that they have joined; it stays with its operator.
-- KEYS: conversation handoff   ARGV: id now month supervisor
local id = ARGV[1]
if redis.call('EXISTS', KEYS[1], KEYS[2]) < 2 then return outcome('gone', id) end
if handoff(id, 'joined') ~= ARGV[4] then return outcome('not_yours', id) end
depart(id)
return outcome('', id)
