-- Ends waiting, or what an operator has -> bot, waiting or closed.
-- KEYS: conversation handoff   given: id now month come_from('waiting'|'operator') operator('' of waiting) to count_as
local id, from, state, operator = given.id, given.come_from, handoff(given.id, 'state', 'operator')
if redis.call('EXISTS', KEYS[1], KEYS[2]) < 2 then return outcome('gone', id) end
if state ~= from or operator ~= given.operator then
  return outcome(from == 'operator' and 'not_yours' or state == 'operator' and 'taken' or 'not_waiting', id)
end
though_full()
enter(id, given.to, given.now)
if from == 'waiting' then
  count_wait(id, given.month, handoff(id, 'priority'), 'left')
  count_live(given.now, 'left')
end
count_handoff(given.month, given.count_as .. ' ' .. handoff(id, 'priority'))
return outcome('', id)
