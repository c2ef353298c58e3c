select count(*) from readmodel.usage_requests() r
where true
--! usage-request-filter r
--! usage-filter r
