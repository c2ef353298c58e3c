-- Minutes of hours that are over, by one dimension and outcome, for some days: what happened just now is looked at more closely than
-- what happened long ago. A copy like days; an hour counts only while it stands in usage_minutes.
create table readmodel.usage_minutes (
    hour timestamptz primary key
);
create table readmodel.usage_minutely_by (
    minute            timestamptz not null,
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
    primary key (dimension, key, minute, outcome, currency)
);
create index usage_minutely_by_minute on readmodel.usage_minutely_by (minute);
