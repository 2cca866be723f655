-- A person is wanted: bot or closed -> waiting. Refused while no operator is available: nobody is left to wait in vain.
-- If asked again, it only rises, and keeps its place; if it was handed over before, it keeps its alias, and a higher priority.
-- KEYS: conversation handoff   given: id now month priority locale channel aliases
local conversation, its_handoff = unpack(KEYS)
local id, now, month, priority = given.id, given.now, given.month, given.priority
if redis.call('EXISTS', conversation) == 0 then return outcome('gone', id) end

local function free_alias()
  local taken, number, first = {}, 2, given.aliases[1]
  for _, other in ipairs(handoffs()) do taken[handoff(other, 'alias')] = true end
  for _, alias in ipairs(given.aliases) do
    if not taken[alias] then return alias end
  end
  while taken[first .. ' ' .. number] do number = number + 1 end
  return first .. ' ' .. number
end

local state, before, alias = handoff(id, 'state', 'priority', 'alias')
local under_way = state == 'waiting' or state == 'operator'
-- Somebody who is blocked is answered only in a crisis, and can ask for a person only in a crisis.
local pointer = redis.call('HGET', conversation, 'pointer') or ''
if not under_way and priority ~= 'P0' and redis.call('EXISTS', 'blocked:' .. pointer) == 1 then return outcome('blocked', id) end
though_full()
if not under_way and not somebody_is_free(now) then
  count_handoff(month, 'nobody ' .. priority)
  redis.call('SET', 'nobody:' .. priority, now, 'EX', 600, 'NX') -- whoever looks after the desk hears of it
  count_wait(id, month, priority, 'nobody')
  return outcome('nobody', id)
end
if before and before < priority then priority = before end
if under_way and priority ~= before then count_handoff(month, 'raised ' .. before .. ' ' .. priority) end
redis.call('HSET', its_handoff,
  'priority', priority, 'locale', given.locale, 'channel', given.channel, 'alias', alias or free_alias())
if not under_way then
  redis.call('HDEL', its_handoff, 'answered') -- a new conversation with an operator, not the previous one
  enter(id, 'waiting', now)
  redis.call('SADD', 'handoffs', id)
  redis.call('EXPIRE', 'handoffs', 172800)
  count_handoff(month, 'asked ' .. priority)
end
return outcome('', id)
