-- Teams, and what administrators may set on people, keys and models. Nested values are kept as they come in the events.

create table readmodel.team (
    id         text        primary key,
    version    bigint      not null,
    name       text        not null,
    limits     jsonb,
    budgets    jsonb,
    status     text        not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index team_newest on readmodel.team (created_at desc, id desc);

alter table readmodel.users
    add column team_id text,
    add column limits  jsonb,
    add column budgets jsonb;
create index users_team on readmodel.users (team_id, created_at desc, id desc) where team_id is not null;

alter table readmodel.api_key
    add column scopes      text[],
    add column allowed_ips text[],
    add column limits      jsonb,
    add column budgets     jsonb,
    add column cache       boolean,
    add column metadata    jsonb;

alter table readmodel.model
    add column routing jsonb,
    add column limits  jsonb,
    add column cache   jsonb;

alter table readmodel.deployment
    add column priority  int,
    add column condition jsonb,
    add column limits    jsonb,
    add column price     jsonb;

-- trail: the upstream calls one by one; metadata: tags of the key. Both are mostly null.
alter table readmodel.usage_request
    add column team_id      text,
    add column served_model text,
    add column cache_hit    boolean,
    add column metadata     jsonb,
    add column trail        jsonb;
create index usage_request_team on readmodel.usage_request (team_id, at desc, request_id desc)
    where team_id is not null;

-- Team and endpoint become dimensions of the roll-ups, which are made anew from the rows.
truncate readmodel.usage_hourly, readmodel.usage_hourly_histogram, readmodel.usage_series;
alter table readmodel.usage_series
    add column team_id  text,
    add column endpoint text not null;
drop function readmodel.usage_series_id(text, text, text, text, text, text);
create function readmodel.usage_series_id(
    model text, deployment text, api_key_id text, user_id text, team_id text, endpoint text, outcome text, currency text
) returns uuid language sql immutable parallel safe as $$
    select md5(jsonb_build_array(
        model, deployment, api_key_id, user_id, team_id, endpoint, outcome, currency)::text)::uuid
$$;

create temporary table row_series on commit drop as
select date_trunc('hour', at, 'UTC') as hour,
       readmodel.usage_series_id(model, deployment, api_key_id, user_id, team_id, endpoint, outcome, currency)
           as series_id,
       model, deployment, api_key_id, user_id, team_id, endpoint, outcome, currency,
       prompt_tokens, completion_tokens, cached_tokens, reasoning_tokens, cost, latency_ms, ttft_ms
from readmodel.usage_request;

insert into readmodel.usage_series (series_id, model, deployment, api_key_id, user_id, team_id, endpoint, outcome, currency)
select distinct on (series_id) series_id, model, deployment, api_key_id, user_id, team_id, endpoint, outcome, currency
from row_series order by series_id;

insert into readmodel.usage_hourly
select hour, series_id, count(*), sum(prompt_tokens), sum(completion_tokens), sum(cached_tokens),
       sum(reasoning_tokens), trim_scale(sum(cost))
from row_series group by hour, series_id;

insert into readmodel.usage_hourly_histogram
select hour, series_id, metric, readmodel.histogram_bucket(ms), count(*)
from row_series, lateral (values ('latency', latency_ms), ('ttft', ttft_ms)) as measured (metric, ms)
where ms is not null
group by 1, 2, 3, 4;
