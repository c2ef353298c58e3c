-- Days that are over, added up from the hours: so that a year is answered as quickly as a day. They are a copy: what they hold
-- follows from usage_hourly and usage_hourly_histogram, and a day counts only while it stands in usage_day. A batch that
-- brings something of a day takes it out again, under a lock that adding up takes too; both is done by the projection.
create table readmodel.usage_day (
    day date primary key
);

-- By series. Histograms as pairs of arrays, bucket by bucket.
create table readmodel.usage_daily (
    day               date       not null,
    series_id         uuid       not null,
    requests          bigint     not null,
    prompt_tokens     bigint     not null,
    completion_tokens bigint     not null,
    cached_tokens     bigint     not null,
    reasoning_tokens  bigint     not null,
    cost              numeric    not null,
    latency_buckets   smallint[] not null,
    latency_counts    bigint[]   not null,
    ttft_buckets      smallint[] not null,
    ttft_counts       bigint[]   not null,
    primary key (day, series_id)
);
create index usage_daily_series on readmodel.usage_daily (series_id, day);

-- By one dimension and outcome. dimension '' is everything; key '' is no value.
create table readmodel.usage_daily_by (
    day               date       not null,
    dimension         text       not null,
    key               text       not null,
    outcome           text       not null,
    currency          text       not null,
    requests          bigint     not null,
    prompt_tokens     bigint     not null,
    completion_tokens bigint     not null,
    cached_tokens     bigint     not null,
    reasoning_tokens  bigint     not null,
    cost              numeric    not null,
    latency_buckets   smallint[] not null,
    latency_counts    bigint[]   not null,
    ttft_buckets      smallint[] not null,
    ttft_counts       bigint[]   not null,
    primary key (dimension, day, key, outcome, currency)
);
create index usage_daily_by_key on readmodel.usage_daily_by (dimension, key, day);

create table readmodel.usage_hourly_by (
    hour              timestamptz not null,
    dimension         text        not null,
    key               text        not null,
    outcome           text        not null,
    currency          text        not null,
    requests          bigint      not null,
    prompt_tokens     bigint      not null,
    completion_tokens bigint      not null,
    cached_tokens     bigint      not null,
    reasoning_tokens  bigint      not null,
    cost              numeric     not null,
    primary key (dimension, key, hour, outcome, currency)
);
create index usage_hourly_by_hour on readmodel.usage_hourly_by (hour);

-- The next statement of the same transaction sees all that others did to these days, and they wait until it ends. Batches
-- share the lock, adding up has it alone.
create function readmodel.lock_usage_days(days date[], alone boolean) returns void language plpgsql as $$
declare
    class int := hashtext('readmodel.usage_day');
    one date;
begin
    foreach one in array (select coalesce(array_agg(d order by d), '{}') from unnest(days) as d) loop
        if alone then
            perform pg_advisory_xact_lock(class, one - date '2000-01-01');
        else
            perform pg_advisory_xact_lock_shared(class, one - date '2000-01-01');
        end if;
    end loop;
end $$;
