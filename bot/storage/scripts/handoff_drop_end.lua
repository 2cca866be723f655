-- Clears an end that nothing can read, so that the conversation goes on. For a minute it may be that of another version of the
-- gateway, which carries it out; one that an operator has noted meanwhile stays.
-- KEYS: conversation handoff   given: id now ending
local id = given.id
if redis.call('EXISTS', KEYS[1], KEYS[2]) < 2 then return outcome('gone', id) end
if handoff(id, 'ending') ~= given.ending or is_ending(id, given.now) then return outcome('not_yours', id) end
though_full()
redis.call('HSET', KEYS[2], 'ending', '', 'ending_after', '')
return outcome('', id)
