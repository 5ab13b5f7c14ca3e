-- KEYS  1 list of jobs  2 those that have not ended  3 channel
-- ARGV  1 place of the job in the list  2 running, ended or gone  3 jobs that a list keeps  4 ttl  5 PUBLISH or SPUBLISH
--       6 message that the job appeared  7 message that it ended
local place, state = ARGV[1], ARGV[2]
if state == 'gone' then
  redis.call('ZREM', KEYS[1], place)
  if redis.call('ZREM', KEYS[2], place) == 1 then redis.call(ARGV[5], KEYS[3], ARGV[7]) end
  return { 0 }
end

-- All members have the same score: their order is that of their texts. The oldest leave a full list.
local function add(key)
  local new = redis.call('ZADD', key, 0, place) == 1
  redis.call('PEXPIRE', key, ARGV[4])
  local dropped = redis.call('ZREMRANGEBYRANK', key, 0, -1 - ARGV[3])
  if new and dropped > 0 and not redis.call('ZSCORE', key, place) then return false, dropped - 1 end
  return new, dropped
end
local new, dropped = add(KEYS[1])
if state == 'running' then
  if add(KEYS[2]) or new then redis.call(ARGV[5], KEYS[3], ARGV[6]) end
else
  local ended = redis.call('ZREM', KEYS[2], place) == 1
  if new then redis.call(ARGV[5], KEYS[3], ARGV[6]) end
  if new or ended then redis.call(ARGV[5], KEYS[3], ARGV[7]) end
end
return { dropped }
