-- KEYS  1 due  2 deliveries
-- ARGV  1 id
redis.call('ZREM', KEYS[1], ARGV[1])
return { redis.call('HDEL', KEYS[2], ARGV[1]) }
