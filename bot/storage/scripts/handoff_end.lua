-- Carries out an end that was noted some seconds ago, unless it was undone meanwhile. If anything was written since, the
-- conversation goes on: nobody is left with a question that they asked at that moment. A block goes before that, and is written in
-- the same step: if the store goes away, both are done or neither, and what is not done is tried again.
-- KEYS: conversation handoff   given: id now month ending block(seconds id by; nil for none) counts
local id, ending, after, priority = given.id, handoff(given.id, 'ending', 'ending_after', 'priority')
if redis.call('EXISTS', KEYS[1], KEYS[2]) < 2 then return outcome('gone', id) end
if ending ~= given.ending then return outcome('not_yours', id) end
though_full()
if not given.block and after ~= last_line(id) then
  redis.call('HSET', KEYS[2], 'ending', '', 'ending_after', '')
  return outcome('not_yours', id)
end
if given.block then block(KEYS[1], given.block) end
enter(id, 'closed', given.now)
count_handoff(given.month, 'closed ' .. priority)
local HELPED = {['ended connected'] = true, ['ended informed'] = true, ['ended emergency'] = true}
for _, what in ipairs(given.counts) do
  count_handoff(given.month, what)
  if HELPED[what] then count_live(given.now, 'helped') end
end
return outcome('', id)
