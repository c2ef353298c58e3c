-- Takes away the months before that of the day given, and tells which. The roll-ups stay: what was used and what it cost is
-- known for ever, single requests are not.
create function readmodel.drop_usage_partitions(before date) returns setof text language plpgsql as $$
declare
    partition text;
begin
    for partition in
        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'readmodel.usage_request'::regclass
          and c.relname ~ '^usage_request_[0-9]{6}$'
          and c.relname < 'usage_request_' || to_char(before, 'YYYYMM')
        order by 1
    loop
        execute format('drop table readmodel.%I', partition);
        return next partition;
    end loop;
end $$;
