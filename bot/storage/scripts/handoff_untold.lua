-- Gives those whose operator has left, and whom a supervisor has joined, and who were not told yet.
-- Gives id, 'left', 'lapsed' or 'joined', state, since when, priority, operator (who has joined), the operator before.
local found = {}
for _, id in ipairs(handoffs()) do
  local left = {handoff(id, 'untold', 'state', 'since', 'priority', 'operator', 'before')}
  if left[1] and left[1] ~= '' then table.insert(found, {id, unpack(left)}) end
  local joined = {handoff(id, 'joined_untold', 'state', 'joined_since', 'priority', 'joined')}
  if joined[1] and joined[1] ~= '' then
    joined[6] = ''
    table.insert(found, {id, unpack(joined)})
  end
end
return found
