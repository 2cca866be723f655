-- A supervisor joins a conversation that an operator has, and stays beside them: the conversation keeps its one operator.
-- The `since` it returns is the time of joining.
-- KEYS: conversation handoff   given: id now month supervisor
local conversation, its_handoff = unpack(KEYS)
local id, now, supervisor = given.id, given.now, given.supervisor
if redis.call('EXISTS', conversation, its_handoff) < 2 then return outcome('gone', id) end
local state, owner, joined, priority = handoff(id, 'state', 'operator', 'joined', 'priority')
if state ~= 'operator' then return outcome('nobody_has_it', id) end
if owner == supervisor then return outcome('taken', id) end
if joined and joined ~= '' and joined ~= supervisor then return outcome('joined', id) end
if joined == supervisor then return outcome('', id, handoff(id, 'joined_since')) end -- a second click
if not on_duty(supervisor, now) then return outcome('off_duty', id) end
-- Kept here until the person has been told who has come, whichever process dies before; until then the supervisor cannot write.
though_full()
redis.call('HSET', its_handoff, 'joined', supervisor, 'joined_since', now, 'joined_untold', 'joined')
redis.call('DEL', 'beside:{' .. id .. '}') -- what one supervisor had begun to write is not said by another
count_handoff(given.month, 'joined ' .. priority)
return outcome('', id, handoff(id, 'joined_since'))
