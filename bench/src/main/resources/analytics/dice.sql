-- A day of usage as an organisation makes it: 200 people in 12 teams, of whom a few ask most; 50 keys, 10 models on 20 deployments
-- of 5 providers, 3 % failures, most chats streamed, more by day than by night. Parameters: the day, and how many requests.
insert into dice
select at, 'usr_01k0000000000000000000' || lpad(person::text, 4, '0'),
       case when person % 10 <> 9 then 'team_01k000000000000000000000' || lpad((person % 12)::text, 2, '0') end,
       case when person < 50 and random() < 0.9 then 'key_01k00000000000000000000' || lpad(person::text, 4, '0') end,
       case when model = 9 then 'embeddings' when model = 8 then 'messages' else 'chat.completions' end,
       'model-' || model,
       'dep_01k000000000000000000000' || lpad((2 * model + spare)::text, 2, '0'),
       'prv_01k0000000000000000000000' || (2 * model + spare) % 5,
       'upstream-model-' || model || '-2026-08-06',
       model <> 9 and streamed, case when failed then 'failed' else 'completed' end, case when failed then 502 else 200 end,
       case when failed then 'upstream_error' end, prompt, case when failed or model = 9 then 0 else answer end,
       case when cached then prompt / 2 else 0 end,
       case when failed then 0 else trim_scale((prompt * 25 + (case when model = 9 then 0 else answer end) * 100)::numeric / 10000000) end,
       latency, case when model <> 9 and streamed and not failed then greatest(1, latency / 4) else -1 end,
       case when failed then 2 else 1 end, '10.20.' || person / 50 || '.' || person % 50 + 10 + 50 * (random() * 2)::int,
       (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || substr(md5(n || '/' || random()), 1, 20))::uuid
from (
    select n, person, (person * 7 + favourite) % 10 as model, spare, streamed, failed, cached, prompt, answer, latency,
           cast(? as date)::timestamp at time zone 'UTC' + share * interval '1 day' as at
    from (
        select n, least(199, floor(exp(random() * ln(201)))::int - 1) as person,
               least(floor(random() * 10), floor(random() * 10))::int / 2 as favourite,
               (random() > 0.7)::int as spare, random() < 0.6 as streamed, random() < 0.03 as failed, random() < 0.25 as cached,
               1 + round(600 * exp(random_normal(0, 0.9)))::int as prompt,
               1 + round(250 * exp(random_normal(0, 0.9)))::int as answer,
               1 + round(1500 * exp(random_normal(0, 0.9)))::int as latency,
               least(0.999999, greatest(0, (n + random()) / ? + 0.05 * sin(n::float8 / ? * 6.28))) as share
        from generate_series(1, ?) as n
    ) as dice
) as request
