-- Column names follow the envelope on domain.v1. The identity column steps by one and is never cached by a session:
-- together with the lock taken before each append (CommitOrderedEventStorageEngine) index order is commit order.
create table events.domain_event (
    position       bigint generated always as identity (increment by 1 cache 1) primary key,
    id             text   not null unique,
    aggregate_type text   not null,
    aggregate_id   text   not null check (aggregate_id <> ''),
    sequence       bigint not null,
    at             text   not null,
    type           text   not null,
    revision       text   not null,
    payload        bytea  not null,
    metadata       bytea  not null,
    constraint domain_event_sequence unique (aggregate_id, sequence)
);

create table events.snapshot (
    id             text   not null unique,
    aggregate_type text   not null,
    aggregate_id   text   not null,
    sequence       bigint not null,
    at             text   not null,
    type           text   not null,
    revision       text,
    payload        bytea  not null,
    metadata       bytea,
    primary key (aggregate_id, sequence)
);

create table events.token (
    processor  text    not null,
    segment    integer not null,
    token      bytea,
    token_type text,
    at         text,
    owner      text,
    primary key (processor, segment)
);

create function events.refuse_rewriting() returns trigger language plpgsql as $$
begin
    raise exception 'events are stored for ever: % on %.% is refused', tg_op, tg_table_schema, tg_table_name;
end
$$;

create trigger domain_event_insert_only
    before update or delete or truncate on events.domain_event
    for each statement execute function events.refuse_rewriting();
