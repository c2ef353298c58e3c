-- What the projection runtime keeps: how far each projection is, and what it could not apply.

-- The offset to read next. Moved in the transaction that applies the records before it, by a conditional update, so
-- that a zombie or a second instance changes nothing.
create table readmodel.projection_offset (
    projection  text   not null,
    version     int    not null,
    topic       text   not null,
    partition   int    not null,
    next_offset bigint not null,
    primary key (projection, version, topic, partition)
);

-- What readers wait for (consistency token) and what operators look at. "position" is the last domain position that is
-- included; 0 for projections of usage, which have no such position.
create table readmodel.projection_progress (
    name       text        primary key,
    version    int         not null,
    position   bigint      not null default 0,
    lag        bigint,
    state      text        not null default 'starting',
    detail     text,
    seen_at    timestamptz not null default now()
);

-- Records that a projection refused, and the later ones of their keys, in order.
create table readmodel.parked_event (
    id         bigint generated always as identity primary key,
    projection text        not null,
    version    int         not null,
    topic      text        not null,
    partition  int         not null,
    "offset"   bigint      not null,
    key        text        not null,
    error      text        not null,
    payload    bytea       not null,
    parked_at  timestamptz not null default now(),
    unique (projection, version, topic, partition, "offset")
);
create index parked_event_key on readmodel.parked_event (projection, version, key);
