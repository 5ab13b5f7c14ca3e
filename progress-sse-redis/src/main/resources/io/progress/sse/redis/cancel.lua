-- KEYS  1 job
local job = redis.call('HMGET', KEYS[1], 'l', 't')
if not job[1] or job[2] then return 0 end
redis.call('HSET', KEYS[1], 'c', '1')
return 1
