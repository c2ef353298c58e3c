-- Charges all subjects of a demand, or none.
-- KEYS, for each subject: when limited: requests, tokens (hash: second -> count), running (zset: request id, by end of lease);
--   when it has budgets: held (zset: "id|nanos", by end of lease), their sum, and for each budget: spent (hash: ledger -> nanos).
-- ARGV: now (ms), request id, tokens, cost (nanos), lease (ms), ledger, number of subjects;
--   for each subject: limited (1, 0), requests/min, tokens/min, concurrency (empty = no limit), number of budgets;
--   for each budget: amount (nanos), spent by this ledger (nanos), ms until the key may go.
-- Reply: granted (1, 0), then for each subject: used, wait, reset of requests; used, wait, reset of tokens; running; over budget (1, 0).
local now, id, tokens, cost = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3]), ARGV[4]
local lease, ledger, subjects = tonumber(ARGV[5]), ARGV[6], tonumber(ARGV[7])
-- One more than a minute: the current second has only begun.
local SECONDS, WINDOW_TTL = 61, 120000
local second = math.floor(now / 1000)
local expiry = now + lease
local k, a = 0, 7
local reply, charges, fits = { 1 }, {}, true

local function key() k = k + 1 return KEYS[k] end
local function arg() a = a + 1 return ARGV[a] end

local function window(name, limit, wanted)
  if not limit then return 0, 0, 0 end
  local all, counts, used = redis.call('HGETALL', name), {}, 0
  for i = 1, #all, 2 do
    local at, count = tonumber(all[i]), tonumber(all[i + 1])
    if at <= second - SECONDS then
      redis.call('HDEL', name, all[i])
    elseif count > 0 then
      counts[#counts + 1] = { at, count }
      used = used + count
    end
  end
  table.sort(counts, function(one, other) return one[1] < other[1] end)
  local over, wait, reset = used + wanted - limit, 0, 0
  for _, bucket in ipairs(counts) do
    reset = (bucket[1] + SECONDS) * 1000 - now
    if over > 0 then wait = reset end
    over = over - bucket[2]
  end
  charges[#charges + 1] = function()
    redis.call('HINCRBY', name, second, wanted)
    redis.call('PEXPIRE', name, WINDOW_TTL)
  end
  return used, wait, reset
end

local function meter()
  local requests, tally, running = key(), key(), key()
  local perMinute, tokensPerMinute, atATime = tonumber(arg()), tonumber(arg()), tonumber(arg())
  local used, wait, reset = window(requests, perMinute, 1)
  local usedTokens, waitTokens, resetTokens = window(tally, tokensPerMinute, tokens)
  redis.call('ZREMRANGEBYSCORE', running, '-inf', now)
  local underWay = redis.call('ZCARD', running)
  if perMinute and used + 1 > perMinute then fits = false end
  if tokensPerMinute and usedTokens + tokens > tokensPerMinute then fits = false end
  if atATime and underWay >= atATime then fits = false end
  charges[#charges + 1] = function()
    redis.call('ZADD', running, expiry, id)
    redis.call('PEXPIRE', running, lease)
  end
  for _, number in ipairs({ used, wait, reset, usedTokens, waitTokens, resetTokens, underWay }) do
    reply[#reply + 1] = number
  end
end

-- Each ledger's own spend only grows, so the larger of two values is the later one.
local function spent(name, own, ttl)
  local known = redis.call('HGET', name, ledger)
  if not known or tonumber(known) < tonumber(own) then
    redis.call('HSET', name, ledger, own)
  end
  redis.call('PEXPIRE', name, ttl)
  local sum = 0
  for _, nanos in ipairs(redis.call('HVALS', name)) do sum = sum + tonumber(nanos) end
  return sum
end

local function budgets(number)
  if number == 0 then return 0 end
  local held, heldSum, over = key(), key(), 0
  for _, member in ipairs(redis.call('ZRANGEBYSCORE', held, '-inf', now)) do
    redis.call('DECRBY', heldSum, string.match(member, '|(%d+)$'))
    redis.call('ZREM', held, member)
  end
  local reserved = tonumber(redis.call('GET', heldSum) or '0')
  for _ = 1, number do
    local amount, own, ttl = tonumber(arg()), arg(), arg()
    if spent(key(), own, ttl) + reserved + tonumber(cost) > amount then over = 1 end
  end
  charges[#charges + 1] = function()
    redis.call('ZADD', held, expiry, id .. '|' .. cost)
    redis.call('INCRBY', heldSum, cost)
    redis.call('PEXPIRE', held, lease)
    redis.call('PEXPIRE', heldSum, lease)
  end
  return over
end

for _ = 1, subjects do
  if arg() == '1' then
    meter()
  else
    a = a + 3
    for _ = 1, 7 do reply[#reply + 1] = 0 end
  end
  local over = budgets(tonumber(arg()))
  if over == 1 then fits = false end
  reply[#reply + 1] = over
end

if fits then
  for _, charge in ipairs(charges) do charge() end
else
  reply[1] = 0
end
return reply
