-- Refuses for so many seconds what a page that was left still had on its way.   KEYS: left   ARGV: seconds
though_full()
redis.call('SET', KEYS[1], '1', 'EX', ARGV[1])
return 1
