-- Records that a person can no longer be reached, unless the conversation is gone.   KEYS: conversation   given: reason
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
though_full()
redis.call('HSET', KEYS[1], 'unreachable', given.reason)
return 1
