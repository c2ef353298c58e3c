-- One immutable row per request, by month of arrival, so that retention is the dropping of a partition. A record never
-- changes, "at" included, so a duplicate always meets its twin in the same partition.
create table readmodel.usage_request (
    request_id        text        not null,
    at                timestamptz not null,
    user_id           text,
    api_key_id        text,
    endpoint          text        not null,
    model             text,
    deployment        text,
    provider_id       text,
    upstream_model    text,
    stream            boolean     not null,
    outcome           text        not null,
    status            int         not null,
    error_code        text,
    prompt_tokens     bigint      not null,
    completion_tokens bigint      not null,
    cached_tokens     bigint      not null,
    reasoning_tokens  bigint      not null,
    tokens_estimated  boolean     not null,
    cost              numeric     not null,
    currency          text        not null,
    latency_ms        bigint      not null,
    ttft_ms           bigint,
    attempts          int         not null,
    ip                text,
    user_agent        text,
    gateway           text        not null,
    primary key (request_id, at)
) partition by range (at);
create index usage_request_newest on readmodel.usage_request (at desc, request_id desc);
create index usage_request_user on readmodel.usage_request (user_id, at desc, request_id desc);
create index usage_request_key on readmodel.usage_request (api_key_id, at desc, request_id desc);

-- Creates the partition of a month (UTC) unless it is there. Safe to call from several sessions at once.
create function readmodel.ensure_usage_partition(month date) returns void language plpgsql as $$
declare
    first date := date_trunc('month', month)::date;
begin
    if to_regclass('readmodel.usage_request_' || to_char(first, 'YYYYMM')) is not null then
        return;
    end if;
    perform pg_advisory_xact_lock(hashtext('readmodel.usage_request'));
    execute format(
        'create table if not exists readmodel.%I partition of readmodel.usage_request for values from (%L) to (%L)',
        'usage_request_' || to_char(first, 'YYYYMM'),
        first || ' 00:00:00+00',
        (first + interval '1 month')::date || ' 00:00:00+00');
end $$;

-- A combination of dimensions; the id is derived from them, so no look-up is needed and a replay gives the same one.
create table readmodel.usage_series (
    series_id  uuid primary key,
    model      text,
    deployment text,
    api_key_id text,
    user_id    text,
    outcome    text not null,
    currency   text not null
);
create function readmodel.usage_series_id(
    model text, deployment text, api_key_id text, user_id text, outcome text, currency text
) returns uuid language sql immutable parallel safe as $$
    select md5(jsonb_build_array(model, deployment, api_key_id, user_id, outcome, currency)::text)::uuid
$$;

create table readmodel.usage_hourly (
    hour              timestamptz not null,
    series_id         uuid        not null,
    requests          bigint      not null,
    prompt_tokens     bigint      not null,
    completion_tokens bigint      not null,
    cached_tokens     bigint      not null,
    reasoning_tokens  bigint      not null,
    cost              numeric     not null,
    primary key (hour, series_id)
);

-- Histograms of milliseconds, log-spaced: bucket 0 holds 0 ms; bucket b > 0 holds (g^(b-2), g^(b-1)] with g = 1.02/0.98
-- and is told as a value at most 2 % off both ends. Counts add up over any set of rows.
create table readmodel.usage_hourly_histogram (
    hour      timestamptz not null,
    series_id uuid        not null,
    metric    text        not null check (metric in ('latency', 'ttft')),
    bucket    smallint    not null,
    count     bigint      not null,
    primary key (hour, series_id, metric, bucket)
);
create function readmodel.histogram_bucket(ms bigint) returns smallint language sql immutable parallel safe as $$
    select case when ms <= 0 then 0 else ceil(round((ln(ms::float8) / ln(1.02::float8 / 0.98))::numeric, 9)) + 1 end::smallint
$$;
create function readmodel.histogram_value(bucket smallint) returns float8 language sql immutable parallel safe as $$
    select case when bucket <= 0 then 0 else 2 * power(1.02::float8 / 0.98, bucket - 1) / (1.02::float8 / 0.98 + 1) end
$$;

create table readmodel.api_key_last_used (
    api_key_id text        primary key,
    at         timestamptz not null
);
