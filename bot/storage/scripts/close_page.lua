-- Refuses for so many seconds what a page that was left still had on its way.   KEYS: left   given: seconds
though_full()
redis.call('SET', KEYS[1], '1', 'EX', given.seconds)
return 1
