-- Searches that people keep. One that is forgotten leaves its id, so that an event that comes again does not bring it back.
create table readmodel.saved_search (
    id        text        primary key,
    list_id   text        not null,
    version   bigint      not null,
    user_id   text        not null,
    name      text        not null,
    filters   jsonb       not null,
    saved_at  timestamptz not null,
    forgotten boolean     not null default false
);
create index saved_search_user on readmodel.saved_search (user_id, saved_at) where not forgotten;
