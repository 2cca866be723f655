-- Gives those whose operator has left, and who were not told yet.
-- Gives id, 'left' or 'lapsed', state, since when, priority, operator, the operator before.
local found = {}
for _, id in ipairs(handoffs()) do
  local row = {handoff(id, 'untold', 'state', 'since', 'priority', 'operator', 'before')}
  if row[1] and row[1] ~= '' then table.insert(found, {id, unpack(row)}) end
end
return found
