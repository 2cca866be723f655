-- Records that the person was told of the state since this moment, or of who joined then.
-- KEYS: handoff   ARGV: ''|'joined_' since
if redis.call('HGET', KEYS[1], ARGV[1] .. 'since') == ARGV[2] then
  though_full()
  redis.call('HSET', KEYS[1], ARGV[1] .. 'untold', '')
end
return 1
