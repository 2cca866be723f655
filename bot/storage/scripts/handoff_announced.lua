-- Records that the person was told of the state since this moment, or of who joined then.
-- KEYS: handoff   given: joined(true: of who has joined) since
local which = given.joined and 'joined_' or ''
if redis.call('HGET', KEYS[1], which .. 'since') == given.since then
  though_full()
  redis.call('HSET', KEYS[1], which .. 'untold', '')
end
return 1
