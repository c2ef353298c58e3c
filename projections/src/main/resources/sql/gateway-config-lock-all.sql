select record from readmodel.gateway_config order by version for update
