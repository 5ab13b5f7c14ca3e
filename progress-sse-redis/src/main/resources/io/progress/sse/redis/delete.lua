-- KEYS  1 job  2 events  3 channel  4 milestones
-- ARGV  1 PUBLISH or SPUBLISH  2 how long the newest ms is remembered
local job = redis.call('HMGET', KEYS[1], 'l', 'i')
local latest = job[1]
if not latest then return { 0 } end
redis.call('DEL', KEYS[1], KEYS[2], KEYS[4])
redis.call('HSET', KEYS[1], 'g', string.match(latest, '^%d+'))
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call(ARGV[1], KEYS[3], 'deleted')
return { 1, 'gone', job[2] }
