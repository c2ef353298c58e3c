-- What every entity was after each of its events, in the form of the management API, without secrets and hashes. Rows never
-- change; the state at a moment is the last row at or before it.
create table readmodel.entity_version (
    entity_type text        not null,
    entity_id   text        not null,
    sequence    bigint      not null,
    position    bigint      not null,
    at          timestamptz not null,
    event_id    text        not null,
    event_type  text        not null,
    actor_type  text        not null,
    actor_id    text        not null,
    actor_name  text,
    reason      text,
    request_id  text,
    state       jsonb       not null,
    changes     jsonb       not null,
    primary key (entity_type, entity_id, sequence)
);
-- A moment becomes a place in the log; what happened between two of them.
create index entity_version_at on readmodel.entity_version (at, position);
create index entity_version_position on readmodel.entity_version (position);
