with manner as materialized (
    select upstream_model, stream, status, error_code, attempts, readmodel.usage_manner_id(
               null, upstream_model, stream, status, error_code, false, attempts, null, null, 'gateway-1') as manner_id
    from (select distinct upstream_model, stream, status, error_code, attempts from dice) d
), known as (
    insert into readmodel.usage_manner
    select manner_id, null, upstream_model, stream, status, error_code, false, attempts, null, null, 'gateway-1' from manner
    order by manner_id on conflict do nothing
)
insert into dice_manner select manner_id, upstream_model, stream, status from manner
