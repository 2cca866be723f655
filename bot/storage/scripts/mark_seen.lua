-- Records up to which line its operator has seen a conversation.   KEYS: conversation   ARGV: line
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], 'seen', ARGV[1]) end
return 1
