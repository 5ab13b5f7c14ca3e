-- KEYS  1 due  2 deliveries
-- ARGV  1 id  2 delivery  3 delay  4 how many there may be  5 ttl
local known = redis.call('HEXISTS', KEYS[2], ARGV[1]) == 1
if not known then
  if redis.call('HLEN', KEYS[2]) >= tonumber(ARGV[4]) then return { 0 } end
  redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
end
local time = redis.call('TIME')
local due = time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[3]
redis.call('ZADD', KEYS[1], 'LT', string.format('%.0f', due), ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
redis.call('PEXPIRE', KEYS[2], ARGV[5])
return { 1 }
