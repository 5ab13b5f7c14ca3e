-- KEYS  1 due  2 deliveries
-- ARGV  1 how many at most  2 how long they are held  3 ttl
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local till = string.format('%.0f', now + ARGV[2])
local claims = { till }
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now), 'LIMIT', 0, ARGV[1])) do
  local delivery = redis.call('HGET', KEYS[2], id)
  if delivery then
    redis.call('ZADD', KEYS[1], till, id)
    claims[#claims + 1] = id
    claims[#claims + 1] = delivery
  else
    redis.call('ZREM', KEYS[1], id)
  end
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
return claims
