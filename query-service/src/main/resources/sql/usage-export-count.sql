select count(*) from readmodel.usage_request r
where true
--! usage-request-filter r
--! usage-filter r
