-- A projection may be built a second time beside the live one. A build is a schema (and indices) of its own with the same
-- tables; the live one's schema is readmodel. Offsets and parked records belong to a build.
alter table readmodel.projection_offset rename column version to build;
alter table readmodel.parked_event rename column version to build;

-- Where the tables of the build are. A claim demands it, so that who worked on a build that was swapped meanwhile is fenced.
alter table readmodel.projection_offset add column place text not null default 'readmodel';
alter table readmodel.projection_offset alter column place drop default;

-- One row per build that there is. "live" is what readers see, "building" fills up beside it, "retired" was live before and
-- is kept for a return, "dropped" is about to go.
create table readmodel.projection_build (
    projection         text        not null,
    build              int         not null,
    version            int         not null,
    place              text        not null,
    role               text        not null check (role in ('live', 'building', 'retired', 'dropped')),
    paused             boolean     not null default false,
    -- When it becomes the live one by itself.
    swap_when          text check (swap_when in ('equal', 'caught_up', 'anyway')),
    compare_wanted     boolean     not null default false,
    schema_version     text        not null,
    position           bigint      not null default 0,
    records            bigint      not null default 0,
    lag                bigint,
    records_per_second real,
    state              text        not null default 'starting',
    detail             text,
    comparison         jsonb,
    started_at         timestamptz not null default now(),
    caught_up_at       timestamptz,
    swapped_at         timestamptz,
    seen_at            timestamptz not null default now(),
    primary key (projection, build)
);
create unique index projection_build_live on readmodel.projection_build (projection) where role = 'live';
create unique index projection_build_building on readmodel.projection_build (projection) where role = 'building';
insert into readmodel.projection_build (projection, build, version, place, role, schema_version)
select distinct on (projection) projection, build, build, 'readmodel', 'live', '12'
from readmodel.projection_offset order by projection, build desc;

-- Requests of operators that are older were meant for a read model that is no more.
create table readmodel.birth (at timestamptz not null);
insert into readmodel.birth values (now());

-- Months of documents whose index was made: one that is gone was lost.
create table readmodel.search_index (
    projection text not null,
    build      int  not null,
    month      text not null,
    primary key (projection, build, month)
);

-- The only foreign key of the read model: it would tie the tables of one build to those of another.
alter table readmodel.deployment drop constraint deployment_model_id_fkey;

-- Partitions belong to the build that asks: the first schema of the search path that has the table.
create or replace function readmodel.ensure_usage_partition(month date) returns void language plpgsql as $$
declare
    first date := date_trunc('month', month)::date;
    place text := coalesce(
        (select s from unnest(current_schemas(false)) with ordinality as p (s, n)
         where to_regclass(format('%I.usage_request', s)) is not null order by n limit 1),
        'readmodel');
begin
    if to_regclass(format('%I.usage_request_%s', place, to_char(first, 'YYYYMM'))) is not null then
        return;
    end if;
    perform pg_advisory_xact_lock(hashtext(place || '.usage_request'));
    execute format(
        'create table if not exists %1$I.%2$I partition of %1$I.usage_request for values from (%3$L) to (%4$L)',
        place,
        'usage_request_' || to_char(first, 'YYYYMM'),
        first || ' 00:00:00+00',
        (first + interval '1 month')::date || ' 00:00:00+00');
end $$;

-- The months before that of the day given are taken away in every build.
create or replace function readmodel.drop_usage_partitions(before date) returns setof text language plpgsql as $$
declare
    partition record;
begin
    for partition in
        select n.nspname, c.relname from pg_inherits i
        join pg_class c on c.oid = i.inhrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_class p on p.oid = i.inhparent
        where p.relname = 'usage_request' and p.relnamespace = c.relnamespace
          and n.nspname in (select place from readmodel.projection_build where projection = 'usage')
          and c.relname ~ '^usage_request_[0-9]{6}$'
          and c.relname < 'usage_request_' || to_char(before, 'YYYYMM')
        order by 1, 2
    loop
        execute format('drop table %I.%I', partition.nspname, partition.relname);
        if partition.nspname = 'readmodel' then
            return next partition.relname;
        end if;
    end loop;
end $$;

-- What a definition of an index says besides its own name and that of the table.
create function readmodel.index_shape(index oid) returns text language sql stable as $$
    select regexp_replace(pg_get_indexdef(index), '^CREATE (UNIQUE )?INDEX \S+ ON (ONLY )?\S+ ', '\1')
$$;

-- Empty tables like those of readmodel, with indexes of the same names, in a schema that is made anew.
create function readmodel.create_build(place text, tables text[]) returns void language plpgsql as $$
declare
    one text;
    partitioned text;
    pair record;
begin
    execute format('drop schema if exists %I cascade', place);
    execute format('create schema %I', place);
    foreach one in array tables loop
        select case when c.relkind = 'p' then 'partition by ' || pg_get_partkeydef(c.oid) else '' end into strict partitioned
        from pg_class c where c.oid = format('readmodel.%I', one)::regclass;
        execute format('create table %1$I.%2$I (like readmodel.%2$I including all) %3$s', place, one, partitioned);
        for pair in
            with theirs as (
                select c.relname, readmodel.index_shape(i.indexrelid) as shape,
                       row_number() over (partition by readmodel.index_shape(i.indexrelid) order by c.relname) as n
                from pg_index i join pg_class c on c.oid = i.indexrelid
                where i.indrelid = format('readmodel.%I', one)::regclass
            ), ours as (
                select c.relname, readmodel.index_shape(i.indexrelid) as shape,
                       row_number() over (partition by readmodel.index_shape(i.indexrelid) order by c.relname) as n
                from pg_index i join pg_class c on c.oid = i.indexrelid
                where i.indrelid = format('%I.%I', place, one)::regclass
            )
            select ours.relname as given, theirs.relname as wanted from ours join theirs using (shape, n)
            where ours.relname <> theirs.relname
        loop
            execute format('alter index %I.%I rename to %I', place, pair.given, pair.wanted);
        end loop;
    end loop;
end $$;

-- Tables, with their partitions, into another schema.
create function readmodel.move_tables(tables text[], origin text, destination text) returns void language plpgsql as $$
declare
    one record;
begin
    for one in
        select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = origin and c.relkind in ('r', 'p') and (
            c.relname = any (tables)
            or exists (select from pg_inherits i join pg_class p on p.oid = i.inhparent
                       where i.inhrelid = c.oid and p.relname = any (tables)))
    loop
        execute format('alter table %I.%I set schema %I', origin, one.relname, destination);
    end loop;
end $$;

-- In one step: what was built beside becomes what readers see, and what they saw until now takes its place.
create function readmodel.swap_build(tables text[], place text, retired_place text) returns void language plpgsql as $$
declare
    one text;
begin
    if cardinality(tables) > 0 then
        -- All at once, so that no reader holds one and waits for the next.
        execute 'lock table ' || (select string_agg(format('readmodel.%I', t), ', ') from unnest(tables) t)
            || ' in access exclusive mode';
    end if;
    execute format('create schema %I', retired_place);
    perform readmodel.move_tables(tables, 'readmodel', retired_place);
    perform readmodel.move_tables(tables, place, 'readmodel');
    execute format('drop schema %I cascade', place);
    if exists (select from pg_roles where rolname = 'query_service') and current_user <> 'query_service' then
        foreach one in array tables loop
            execute format('grant select on readmodel.%I to query_service', one);
        end loop;
    end if;
end $$;

-- An operator wants a parked record, and those of its key after it, to be tried again.
alter table readmodel.parked_event add column redrive_wanted boolean not null default false;
alter table readmodel.parked_event add column attempts int not null default 1;
