-- Records that somebody is typing, unless the conversation is gone.
-- KEYS: conversation sign   ARGV: seconds id(whose pages to wake; '' for none)
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
if not redis.call('SET', KEYS[2], '1', 'EX', ARGV[1], 'GET') and ARGV[2] ~= '' then wake(ARGV[2]) end
return 1
