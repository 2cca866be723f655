-- Returns a conversation to the queue whose operator has written nothing since they took it: operator -> waiting. Atomic, so a
-- line that is written at this moment either comes first, and it stays, or is refused as not theirs any more.
-- Who had waited keeps their place in time, and hears nothing: nobody had been announced to them. Who had been told that this
-- operator is there now is told that another was asked for. Whoever is typing has twice the time. Nothing weighs on somebody who wrote nothing.
-- KEYS: conversation handoff   given: id now month operator since limit(milliseconds)
local id, now, tag = given.id, given.now, ':{' .. given.id .. '}'
if redis.call('EXISTS', KEYS[1], KEYS[2]) < 2 then return outcome('gone', id) end
local state, operator, since, answered = handoff(id, 'state', 'operator', 'since', 'answered')
if state ~= 'operator' or operator ~= given.operator or since ~= given.since then return outcome('not_yours', id) end
local passed = now - since
local types = redis.call('EXISTS', 'answering' .. tag) == 1 and passed < 2 * given.limit
if answered == since or passed < given.limit or types or (handoff(id, 'ending') or '') ~= '' then return outcome('in_time', id) end
though_full()
local priority, before, waited = handoff(id, 'priority', 'before', 'waiting_since')
local announced = before and before ~= ''
redis.call('HSET', KEYS[2], 'operator', '')
enter(id, 'waiting', not announced and waited and waited ~= '' and waited or now)
redis.call('DEL', 'draft' .. tag)
redis.call('HSET', KEYS[2], 'returned', operator)
if announced then redis.call('HSET', KEYS[2], 'untold', 'lapsed', 'before', operator) end
if not announced then count_live(now, 'taken', -1) end -- nobody has come yet
count_handoff(given.month, 'returned ' .. priority)
return outcome('', id)
