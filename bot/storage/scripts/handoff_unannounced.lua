-- Returns the conversations whose operator has left, or that a supervisor has joined, and whose person has not been told yet:
-- by name, what UnannouncedMove in handoff.py holds.
local found = {}
for _, id in ipairs(handoffs()) do
  local left, joined, state, priority = handoff(id, 'untold', 'joined_untold', 'state', 'priority')
  if left and left ~= '' then
    local since, operator, before, moved = handoff(id, 'since', 'operator', 'before', 'moved')
    local move = {id = id, why = left, state = state, since = since, priority = priority, operator = operator, before = before}
    move.at = moved or since -- of another version
    table.insert(found, move)
  end
  if joined and joined ~= '' then
    local since, supervisor = handoff(id, 'joined_since', 'joined')
    local move = {id = id, why = joined, state = state, since = since, priority = priority, operator = supervisor, before = ''}
    move.at = since
    table.insert(found, move)
  end
end
return cmsgpack.pack(found)
