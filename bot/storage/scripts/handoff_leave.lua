-- Ends waiting, or what an operator has -> bot, waiting or closed.
-- KEYS: conversation handoff   ARGV: id now month from('waiting'|'operator') operator('' of waiting) to count_as
local id, state, operator = ARGV[1], handoff(ARGV[1], 'state', 'operator')
if redis.call('EXISTS', KEYS[1], KEYS[2]) < 2 then return outcome('gone', id) end
if state ~= ARGV[4] or operator ~= ARGV[5] then
  return outcome(ARGV[4] == 'operator' and 'not_yours' or state == 'operator' and 'taken' or 'not_waiting', id)
end
though_full()
enter(id, ARGV[6], tonumber(ARGV[2]))
if ARGV[4] == 'waiting' then count_wait(id, ARGV[3], handoff(id, 'priority'), 'left') end
count_handoff(ARGV[3], ARGV[7] .. ' ' .. handoff(id, 'priority'))
return outcome('', id)
