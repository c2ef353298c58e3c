insert into usage_request select * from usage_incoming order by at, request_id
on conflict (at, request_id) do nothing
returning request_id, (extract(epoch from at) * 1000000)::bigint
