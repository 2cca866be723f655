-- A supervisor joins a conversation that an operator has, and stays beside them: the conversation keeps its one operator.
-- The `since` it returns is the time of joining.
-- KEYS: conversation handoff   ARGV: id now month supervisor
local id, now, supervisor = ARGV[1], tonumber(ARGV[2]), ARGV[4]
if redis.call('EXISTS', KEYS[1], KEYS[2]) < 2 then return outcome('gone', id) end
local state, owner, joined, priority = handoff(id, 'state', 'operator', 'joined', 'priority')
if state ~= 'operator' then return outcome('nobody_has_it', id) end
if owner == supervisor then return outcome('taken', id) end
if joined and joined ~= '' and joined ~= supervisor then return outcome('joined', id) end
if joined == supervisor then return {'', state, owner, handoff(id, 'joined_since')} end -- a second click
if not on_duty(supervisor, now) then return outcome('off_duty', id) end
-- Kept here until the person has been told who has come, whichever process dies before; until then the supervisor cannot write.
though_full()
redis.call('HSET', KEYS[2], 'joined', supervisor, 'joined_since', now, 'joined_untold', 'joined')
redis.call('DEL', 'beside:{' .. id .. '}') -- what one supervisor had begun to write is not said by another
count_handoff(ARGV[3], 'joined ' .. priority)
return {'', state, owner, tostring(now)}
