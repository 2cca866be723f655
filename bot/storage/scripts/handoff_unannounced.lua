-- Returns the conversations whose operator has left, or that a supervisor has joined, and whose person has not been told yet:
-- id, 'left', 'lapsed' or 'joined', state, since when, priority, operator (or who has joined), the operator before.
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
