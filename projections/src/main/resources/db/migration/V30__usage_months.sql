-- Days are added up again, into narrower rows: sums and histograms in tables of their own, so that who asks for sums reads no
-- histogram. Months that are over are added up from their days, as days are from their hours. All of it is a copy that the
-- projection makes by itself in the background; until then readers go by the hours.
drop table readmodel.usage_daily;
drop table readmodel.usage_daily_by;
truncate readmodel.usage_day;
truncate readmodel.usage_hourly_by;

-- Months all of whose days stand in usage_day and that are added up. What opens a day opens its month.
create table readmodel.usage_month (
    month date primary key
);

create table readmodel.usage_daily (
    day               date    not null,
    series_id         uuid    not null,
    requests          bigint  not null,
    prompt_tokens     bigint  not null,
    completion_tokens bigint  not null,
    cached_tokens     bigint  not null,
    reasoning_tokens  bigint  not null,
    cost              numeric not null,
    primary key (day, series_id)
);
create index usage_daily_series on readmodel.usage_daily (series_id, day);
create table readmodel.usage_monthly (
    month             date    not null,
    series_id         uuid    not null,
    requests          bigint  not null,
    prompt_tokens     bigint  not null,
    completion_tokens bigint  not null,
    cached_tokens     bigint  not null,
    reasoning_tokens  bigint  not null,
    cost              numeric not null,
    primary key (month, series_id)
);

-- By one dimension and outcome. dimension '' is everything; key '' is no value.
create table readmodel.usage_daily_by (
    day               date    not null,
    dimension         text    not null,
    key               text    not null,
    outcome           text    not null,
    currency          text    not null,
    requests          bigint  not null,
    prompt_tokens     bigint  not null,
    completion_tokens bigint  not null,
    cached_tokens     bigint  not null,
    reasoning_tokens  bigint  not null,
    cost              numeric not null,
    primary key (dimension, day, key, outcome, currency)
);
create index usage_daily_by_key on readmodel.usage_daily_by (dimension, key, day);
create table readmodel.usage_monthly_by (
    month             date    not null,
    dimension         text    not null,
    key               text    not null,
    outcome           text    not null,
    currency          text    not null,
    requests          bigint  not null,
    prompt_tokens     bigint  not null,
    completion_tokens bigint  not null,
    cached_tokens     bigint  not null,
    reasoning_tokens  bigint  not null,
    cost              numeric not null,
    primary key (dimension, month, key, outcome, currency)
);

-- Both histograms of a row above. An element is a bucket (65536 is added for time to first token), shifted by 40 bits, and how
-- many requests are in it; in order of the buckets.
create table readmodel.usage_daily_histogram (
    day       date     not null,
    series_id uuid     not null,
    measured  bigint[] not null,
    primary key (day, series_id)
);
create table readmodel.usage_monthly_histogram (
    month     date     not null,
    series_id uuid     not null,
    measured  bigint[] not null,
    primary key (month, series_id)
);
create table readmodel.usage_daily_by_histogram (
    day       date     not null,
    dimension text     not null,
    key       text     not null,
    outcome   text     not null,
    measured  bigint[] not null,
    primary key (dimension, key, day, outcome)
);
create table readmodel.usage_monthly_by_histogram (
    month     date     not null,
    dimension text     not null,
    key       text     not null,
    outcome   text     not null,
    measured  bigint[] not null,
    primary key (dimension, key, month, outcome)
);

-- What requests add up to for whoever prices them again: by the model that answered, whether they cost anything and whether they
-- are paid for beside their tokens. Answers of the cache and requests for no model are not among them. No request ended after
-- last_end.
create table readmodel.usage_hourly_priced (
    hour              timestamptz not null,
    model             text,
    billed_model      text        not null,
    currency          text        not null,
    free              boolean     not null,
    answered          boolean     not null,
    requests          bigint      not null,
    prompt_tokens     bigint      not null,
    completion_tokens bigint      not null,
    cached_tokens     bigint      not null,
    reasoning_tokens  bigint      not null,
    cost              numeric     not null,
    last_end          timestamptz not null
);
create index usage_hourly_priced_hour on readmodel.usage_hourly_priced (hour);
