-- Notes that somebody writes, unless the conversation is gone. KEYS: conversation sign   ARGV: seconds
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('SET', KEYS[2], '1', 'EX', ARGV[1])
return 1
