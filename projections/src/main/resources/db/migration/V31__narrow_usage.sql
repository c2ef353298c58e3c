-- A stored request becomes narrow: what many requests share stands once, in dictionaries, under ids that are hashes of what they stand
-- for, so that writing needs no look-up and a rebuild gives the same ones; an id of our own is 16 bytes. Hours carry their histograms
-- as arrays. What there is is converted, which takes time proportional to it; days and months are added up again afterwards.

-- Parts whose lengths stand before them, so that no two lists of parts make the same text.
create function readmodel.netstring(part text) returns text language sql immutable parallel safe as $$
    select coalesce(octet_length(part) || ':' || part, '-')
$$;
create function readmodel.usage_hash(parts text) returns bigint language sql immutable parallel safe as $$
    select ('x' || left(encode(sha256(convert_to(parts, 'UTF8')), 'hex'), 16))::bit(64)::bigint
$$;
-- The id of a request as 16 bytes. One of ours (req_ and a ULID) is read back from them, of any other they are a hash.
create function readmodel.request_key(id text) returns uuid language sql immutable parallel safe as $$
    select case when id ~ '^req_[0-7][0-9a-hjkmnp-tv-z]{25}$' then (
            select (lpad(to_hex(substring(bits from 3 for 64)::bit(64)::bigint), 16, '0')
                    || lpad(to_hex(substring(bits from 67 for 64)::bit(64)::bigint), 16, '0'))::uuid
            from (select string_agg((strpos('0123456789abcdefghjkmnpqrstvwxyz', substr(id, i, 1)) - 1)::bit(5)::text, '' order by i)::varbit as bits
                  from generate_series(5, 30) as i) b)
        else left(encode(sha256(convert_to(id, 'UTF8')), 'hex'), 32)::uuid end
$$;
create function readmodel.request_id(key uuid) returns text language sql immutable parallel safe as $$
    select 'req_' || string_agg(
        substr('0123456789abcdefghjkmnpqrstvwxyz', substring(bits from 5 * i + 1 for 5)::bit(5)::int + 1, 1), '' order by i)
    from (select B'00' || ('x' || replace(key::text, '-', ''))::bit(128) as bits) b, generate_series(0, 25) as i
$$;

-- How a request went, beside the dimensions of its series.
create table readmodel.usage_manner (
    manner_id        bigint  primary key,
    served_model     text,
    upstream_model   text,
    stream           boolean not null,
    status           int     not null,
    error_code       text,
    tokens_estimated boolean not null,
    attempts         int     not null,
    cache_hit        boolean,
    metadata         jsonb,
    gateway          text    not null
);
create function readmodel.usage_manner_id(
    served_model text, upstream_model text, stream boolean, status int, error_code text, tokens_estimated boolean, attempts int,
    cache_hit boolean, metadata jsonb, gateway text
) returns bigint language sql immutable parallel safe as $$
    select readmodel.usage_hash(
        readmodel.netstring(served_model) || readmodel.netstring(upstream_model) || readmodel.netstring(stream::text)
        || readmodel.netstring(status::text) || readmodel.netstring(error_code) || readmodel.netstring(tokens_estimated::text)
        || readmodel.netstring(attempts::text) || readmodel.netstring(cache_hit::text)
        || readmodel.netstring(case when metadata is not null then coalesce((
               select string_agg(readmodel.netstring(key) || readmodel.netstring(value), '' order by key collate "C")
               from jsonb_each_text(metadata)), '') end)
        || readmodel.netstring(gateway))
$$;

-- Where requests came from; who is forgotten is so here too, by the rebuild.
create table readmodel.usage_origin (
    origin_id  bigint primary key,
    ip         text,
    user_agent text
);

alter table readmodel.usage_series rename to usage_series_before;
alter table readmodel.usage_series_before rename constraint usage_series_pkey to usage_series_before_pkey;
drop function readmodel.usage_series_id(text, text, text, text, text, text, text, text, text);
create function readmodel.usage_series_id(
    model text, deployment text, provider_id text, api_key_id text, user_id text, team_id text, endpoint text, outcome text,
    currency text
) returns bigint language sql immutable parallel safe as $$
    select readmodel.usage_hash(
        readmodel.netstring(model) || readmodel.netstring(deployment) || readmodel.netstring(provider_id)
        || readmodel.netstring(api_key_id) || readmodel.netstring(user_id) || readmodel.netstring(team_id)
        || readmodel.netstring(endpoint) || readmodel.netstring(outcome) || readmodel.netstring(currency))
$$;
create table readmodel.usage_series (
    series_id   bigint primary key,
    model       text,
    deployment  text,
    provider_id text,
    api_key_id  text,
    user_id     text,
    team_id     text,
    endpoint    text not null,
    outcome     text not null,
    currency    text not null
);
create temporary table renamed_series on commit drop as
select series_id as old_id, readmodel.usage_series_id(
    model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome, currency) as series_id
from readmodel.usage_series_before;
insert into readmodel.usage_series
select r.series_id, model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome, currency
from readmodel.usage_series_before s join renamed_series r on r.old_id = s.series_id;

-- Both histograms of an hour in one array, as those of days are.
alter table readmodel.usage_hourly rename to usage_hourly_before;
alter table readmodel.usage_hourly_before rename constraint usage_hourly_pkey to usage_hourly_before_pkey;
create table readmodel.usage_hourly (
    hour              timestamptz not null,
    series_id         bigint      not null,
    requests          bigint      not null,
    prompt_tokens     bigint      not null,
    completion_tokens bigint      not null,
    cached_tokens     bigint      not null,
    reasoning_tokens  bigint      not null,
    cost              numeric     not null,
    measured          bigint[]    not null,
    primary key (hour, series_id)
);
insert into readmodel.usage_hourly
select h.hour, s.series_id, requests, prompt_tokens, completion_tokens, cached_tokens, reasoning_tokens, cost, coalesce(measured, '{}')
from readmodel.usage_hourly_before h join renamed_series s on s.old_id = h.series_id
left join (
    select hour, series_id, array_agg(place::bigint << 40 | count order by place) as measured
    from (select hour, series_id, bucket + case metric when 'ttft' then 65536 else 0 end as place, count
          from readmodel.usage_hourly_histogram) c
    group by hour, series_id
) m on m.hour = h.hour and m.series_id = h.series_id
order by 1, 2;
drop table readmodel.usage_hourly_before;
drop table readmodel.usage_hourly_histogram;
drop table readmodel.usage_series_before;

-- One row per request, narrow columns first to last without gaps. No column can be null, which saves the map of nulls: ttft_ms is -1
-- where there was none; rest is '' or an object with what few have, an id that is not one of ours ("id") and the upstream calls
-- ("trail").
alter table readmodel.usage_request rename to usage_request_before;
alter table readmodel.usage_request_before rename constraint usage_request_pkey to usage_request_before_pkey;
do $$
declare
    one record;
begin
    for one in
        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'readmodel.usage_request_before'::regclass
    loop
        execute format('alter table readmodel.%I rename to %I', one.relname, one.relname || '_before');
    end loop;
end $$;
alter index readmodel.usage_request_newest rename to usage_request_before_newest;
create table readmodel.usage_request (
    at                timestamptz not null,
    series_id         bigint      not null,
    manner_id         bigint      not null,
    origin_id         bigint      not null,
    request_id        uuid        not null,
    prompt_tokens     int         not null,
    completion_tokens int         not null,
    cached_tokens     int         not null,
    reasoning_tokens  int         not null,
    latency_ms        int         not null,
    ttft_ms           int         not null,
    cost              numeric     not null,
    rest              text        not null,
    primary key (at, request_id)
) partition by range (at);
create index usage_request_series on readmodel.usage_request (series_id, at);
-- Ids begin with their time, so few pages hold those between two of them. Some are not of that kind.
create index usage_request_id on readmodel.usage_request using brin (request_id uuid_minmax_multi_ops)
    with (pages_per_range = 64, autosummarize = on);

select readmodel.ensure_usage_partition(to_date(right(replace(c.relname, '_before', ''), 6), 'YYYYMM'))
from pg_inherits i join pg_class c on c.oid = i.inhrelid
where i.inhparent = 'readmodel.usage_request_before'::regclass;

create temporary table manner on commit drop as
select *, readmodel.usage_manner_id(served_model, upstream_model, stream, status, error_code, tokens_estimated, attempts, cache_hit,
    metadata, gateway) as manner_id
from (select distinct served_model, upstream_model, stream, status, error_code, tokens_estimated, attempts, cache_hit, metadata, gateway
      from readmodel.usage_request_before) m;
insert into readmodel.usage_manner
select distinct on (manner_id) manner_id, served_model, upstream_model, stream, status, error_code, tokens_estimated, attempts, cache_hit,
       metadata, gateway
from manner;
create temporary table origin on commit drop as
select *, readmodel.usage_hash(readmodel.netstring(ip) || readmodel.netstring(user_agent)) as origin_id
from (select distinct ip, user_agent from readmodel.usage_request_before) o;
insert into readmodel.usage_origin select origin_id, ip, user_agent from origin;
insert into readmodel.usage_request
select r.at, s.series_id, m.manner_id, o.origin_id, readmodel.request_key(r.request_id),
       least(r.prompt_tokens, 2147483647), least(r.completion_tokens, 2147483647), least(r.cached_tokens, 2147483647),
       least(r.reasoning_tokens, 2147483647), least(r.latency_ms, 2147483647), least(coalesce(r.ttft_ms, -1), 2147483647), r.cost,
       case when r.request_id ~ '^req_[0-7][0-9a-hjkmnp-tv-z]{25}$' and r.trail is null then ''
            else (case when r.request_id ~ '^req_[0-7][0-9a-hjkmnp-tv-z]{25}$' then '{}' else jsonb_build_object('id', r.request_id) end
                  || case when r.trail is null then '{}' else jsonb_build_object('trail', r.trail) end)::text end
from readmodel.usage_request_before r
join readmodel.usage_series s
    on (coalesce(r.model, ''), coalesce(r.deployment, ''), coalesce(r.provider_id, ''), coalesce(r.api_key_id, ''), coalesce(r.user_id, ''), coalesce(r.team_id, ''), r.endpoint, r.outcome, r.currency)
        = (coalesce(s.model, ''), coalesce(s.deployment, ''), coalesce(s.provider_id, ''), coalesce(s.api_key_id, ''), coalesce(s.user_id, ''), coalesce(s.team_id, ''), s.endpoint, s.outcome, s.currency)
    and (r.model, r.deployment, r.provider_id, r.api_key_id, r.user_id, r.team_id)
        is not distinct from (s.model, s.deployment, s.provider_id, s.api_key_id, s.user_id, s.team_id)
join manner m
    on (coalesce(r.served_model, ''), coalesce(r.upstream_model, ''), coalesce(r.error_code, ''), r.gateway, r.status, r.stream, r.attempts, r.tokens_estimated, coalesce(r.metadata, '0'))
        = (coalesce(m.served_model, ''), coalesce(m.upstream_model, ''), coalesce(m.error_code, ''), m.gateway, m.status, m.stream, m.attempts, m.tokens_estimated, coalesce(m.metadata, '0'))
    and (r.served_model, r.upstream_model, r.error_code, r.cache_hit, r.metadata)
        is not distinct from (m.served_model, m.upstream_model, m.error_code, m.cache_hit, m.metadata)
join origin o on (coalesce(r.ip, ''), coalesce(r.user_agent, '')) = (coalesce(o.ip, ''), coalesce(o.user_agent, ''))
    and (r.ip, r.user_agent) is not distinct from (o.ip, o.user_agent)
order by r.at;
drop table readmodel.usage_request_before;

-- What many read of a request, in full. The planner puts it into the statement that uses it.
create function readmodel.usage_requests() returns table (
    request_key uuid, request_id text, at timestamptz, user_id text, team_id text, api_key_id text, endpoint text, model text,
    served_model text, deployment text, provider_id text, upstream_model text, stream boolean, outcome text, status int,
    error_code text, prompt_tokens int, completion_tokens int, cached_tokens int, reasoning_tokens int, tokens_estimated boolean,
    cost numeric, currency text, latency_ms int, ttft_ms int, attempts int, trail jsonb, cache_hit boolean, metadata jsonb, ip text,
    user_agent text, gateway text, series_id bigint, rest text
) language sql stable parallel safe as $$
    select r.request_id, coalesce(nullif(r.rest, '')::jsonb ->> 'id', readmodel.request_id(r.request_id)), r.at, s.user_id, s.team_id,
           s.api_key_id, s.endpoint, s.model, m.served_model, s.deployment, s.provider_id, m.upstream_model, m.stream, s.outcome,
           m.status, m.error_code, r.prompt_tokens, r.completion_tokens, r.cached_tokens, r.reasoning_tokens, m.tokens_estimated,
           r.cost, s.currency, r.latency_ms, nullif(r.ttft_ms, -1), m.attempts, nullif(r.rest, '')::jsonb -> 'trail', m.cache_hit,
           m.metadata, o.ip, o.user_agent, m.gateway, r.series_id, r.rest
    from readmodel.usage_request r
    join readmodel.usage_series s using (series_id)
    -- Each is there; those of which nothing is asked are left out.
    left join readmodel.usage_manner m using (manner_id)
    left join readmodel.usage_origin o using (origin_id)
$$;

-- Tells what was taken away of builds beside the live one too, with their schema in front: see drop_unused_origins.
create or replace function readmodel.drop_usage_partitions(before date) returns setof text language plpgsql as $$
declare
    partition record;
begin
    for partition in
        select n.nspname, c.relname from pg_inherits i
        join pg_class c on c.oid = i.inhrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_class p on p.oid = i.inhparent
        where p.relname = 'usage_request' and p.relnamespace = c.relnamespace
          and n.nspname in (select place from readmodel.projection_build where projection = 'usage')
          and c.relname ~ '^usage_request_[0-9]{6}$'
          and c.relname < 'usage_request_' || to_char(before, 'YYYYMM')
        order by 1, 2
    loop
        execute format('drop table %I.%I', partition.nspname, partition.relname);
        return next case partition.nspname when 'readmodel' then '' else partition.nspname || '.' end || partition.relname;
    end loop;
end $$;

-- Addresses go with the last request that came from them. The lock waits for batches that found an origin there, and makes those
-- that come meanwhile look again afterwards.
create function readmodel.drop_unused_origins() returns void language plpgsql as $$
declare
    place text;
begin
    for place in
        select b.place from readmodel.projection_build b
        where b.projection = 'usage' and to_regclass(format('%I.usage_origin', b.place)) is not null
    loop
        execute format('lock table %I.usage_origin in share row exclusive mode', place);
        execute format(
            'delete from %1$I.usage_origin o where not exists (
                 select from %1$I.usage_request r where r.origin_id = o.origin_id)', place);
    end loop;
end $$;

-- Days and months are added up again, by the new ids.
truncate readmodel.usage_day, readmodel.usage_month, readmodel.usage_hourly_by, readmodel.usage_hourly_priced,
    readmodel.usage_daily_by, readmodel.usage_daily_by_histogram, readmodel.usage_monthly_by, readmodel.usage_monthly_by_histogram,
    readmodel.usage_daily, readmodel.usage_daily_histogram, readmodel.usage_monthly, readmodel.usage_monthly_histogram;
alter table readmodel.usage_daily alter column series_id type bigint using 0;
alter table readmodel.usage_daily_histogram alter column series_id type bigint using 0;
alter table readmodel.usage_monthly alter column series_id type bigint using 0;
alter table readmodel.usage_monthly_histogram alter column series_id type bigint using 0;
