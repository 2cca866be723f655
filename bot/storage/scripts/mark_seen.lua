-- Records up to which line its operator has seen a conversation.   KEYS: conversation   given: line
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], 'seen', given.line) end
return 1
