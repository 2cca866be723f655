-- Gives those whose operator is not there any more, and who were not told yet: id, state, since when, priority.
local found = {}
for _, id in ipairs(handoffs()) do
  local untold, state, since, priority = handoff(id, 'untold', 'state', 'since', 'priority')
  if untold == '1' then table.insert(found, {id, state, since, priority}) end
end
return found
