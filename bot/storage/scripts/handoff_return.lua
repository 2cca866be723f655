-- Returns a conversation to the queue whose operator has neither written nor done anything in it since they took it: operator ->
-- waiting. Atomic, so a line that is written at this moment either comes first, and it stays, or is refused as not theirs any more.
-- Who had waited keeps their place in time. Who was told that somebody is there now is told that another was asked for: by name, or
-- by their page, which says so of whoever has taken it. All others hear nothing. Nothing weighs on somebody who wrote nothing; what
-- they had begun to write is kept for them alone.
-- KEYS: conversation handoff   given: id now month operator since limit(milliseconds)
local id, now, tag = given.id, given.now, ':{' .. given.id .. '}'
if redis.call('EXISTS', KEYS[1], KEYS[2]) < 2 then return outcome('gone', id) end
local state, operator, since, answered = handoff(id, 'state', 'operator', 'since', 'answered')
if state ~= 'operator' or operator ~= given.operator or since ~= given.since then return outcome('not_yours', id) end
local passed = now - math.max(since, tonumber(handoff(id, 'attended') or '0'))
if answered == since or passed < given.limit or is_ending(id, now) then return outcome('in_time', id) end
though_full()
local priority, before, waited, channel = handoff(id, 'priority', 'before', 'waiting_since', 'channel')
local announced = before and before ~= ''
local draft = redis.call('GET', 'draft' .. tag)
redis.call('HSET', KEYS[2], 'operator', '')
enter(id, 'waiting', not announced and waited and waited ~= '' and waited or now)
redis.call('DEL', 'draft' .. tag)
redis.call('HSET', KEYS[2], 'returned', operator, 'draft', draft or '')
if announced or channel == 'web' then
  redis.call('HSET', KEYS[2], 'untold', 'lapsed', 'before', operator, 'moved', now)
end
if not announced then count_live(now, 'taken', -1) end -- nobody has come yet
count_handoff(given.month, 'returned ' .. priority)
return outcome('', id)
