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

-- Team and endpoint become dimensions of the roll-ups. Hours of which there are rows are made anew from them; those
-- from before the oldest row, whose partitions retention has dropped, stay, without a team and with '' as endpoint. All
-- this is one transaction that reads every row three times, so it takes time proportional to the rows.
drop function readmodel.usage_series_id(text, text, text, text, text, text);
create function readmodel.usage_series_id(
    model text, deployment text, api_key_id text, user_id text, team_id text, endpoint text, outcome text, currency text
) returns uuid language sql immutable parallel safe as $$
    select md5(jsonb_build_array(
        model, deployment, api_key_id, user_id, team_id, endpoint, outcome, currency)::text)::uuid
$$;
alter table readmodel.usage_series
    add column team_id  text,
    add column endpoint text not null default '';
alter table readmodel.usage_series alter column endpoint drop default;

-- A partition begins on the hour, so the hour of the oldest row is whole.
delete from readmodel.usage_hourly
where hour >= (select date_trunc('hour', min(at), 'UTC') from readmodel.usage_request);
delete from readmodel.usage_hourly_histogram
where hour >= (select date_trunc('hour', min(at), 'UTC') from readmodel.usage_request);
delete from readmodel.usage_series s
where not exists (select from readmodel.usage_hourly h where h.series_id = s.series_id);

create temporary table renamed_series on commit drop as
select series_id as old_id,
       readmodel.usage_series_id(model, deployment, api_key_id, user_id, team_id, endpoint, outcome, currency) as new_id
from readmodel.usage_series;
update readmodel.usage_hourly h set series_id = new_id from renamed_series where h.series_id = old_id;
update readmodel.usage_hourly_histogram g set series_id = new_id from renamed_series where g.series_id = old_id;
update readmodel.usage_series s set series_id = new_id from renamed_series where s.series_id = old_id;

insert into readmodel.usage_series (series_id, model, deployment, api_key_id, user_id, team_id, endpoint, outcome, currency)
select readmodel.usage_series_id(model, deployment, api_key_id, user_id, team_id, endpoint, outcome, currency), d.*
from (select distinct model, deployment, api_key_id, user_id, team_id, endpoint, outcome, currency
      from readmodel.usage_request) d
on conflict do nothing;

insert into readmodel.usage_hourly
select date_trunc('hour', at, 'UTC'),
       readmodel.usage_series_id(model, deployment, api_key_id, user_id, team_id, endpoint, outcome, currency),
       count(*), sum(prompt_tokens), sum(completion_tokens), sum(cached_tokens), sum(reasoning_tokens),
       trim_scale(sum(cost))
from readmodel.usage_request
group by 1, model, deployment, api_key_id, user_id, team_id, endpoint, outcome, currency;

insert into readmodel.usage_hourly_histogram
select date_trunc('hour', at, 'UTC'),
       readmodel.usage_series_id(model, deployment, api_key_id, user_id, team_id, endpoint, outcome, currency),
       metric, readmodel.histogram_bucket(ms), count(*)
from readmodel.usage_request, lateral (values ('latency', latency_ms), ('ttft', ttft_ms)) as measured (metric, ms)
where ms is not null
group by 1, model, deployment, api_key_id, user_id, team_id, endpoint, outcome, currency, 3, 4;
