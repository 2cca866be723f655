-- Suspends a service for so many days.   given: service day days
suspend(given.service, given.day, given.days)
return 1
