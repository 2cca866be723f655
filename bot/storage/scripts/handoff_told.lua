-- The person was told how it stands since this moment, or who has joined in it.   KEYS: handoff   ARGV: ''|'joined_' since
if redis.call('HGET', KEYS[1], ARGV[1] .. 'since') == ARGV[2] then
  though_full()
  redis.call('HSET', KEYS[1], ARGV[1] .. 'untold', '')
end
return 1
