with origin as materialized (
    select ip, readmodel.usage_hash(readmodel.netstring(ip) || readmodel.netstring('OpenAI/Python 2.8.0')) as origin_id
    from (select distinct ip from dice) d
), known as (
    insert into readmodel.usage_origin select origin_id, ip, 'OpenAI/Python 2.8.0' from origin order by origin_id on conflict do nothing
)
insert into dice_origin select origin_id, ip from origin
