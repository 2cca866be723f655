-- Suspends a service for so many days.   ARGV: service day days
hold(ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]))
return 1
