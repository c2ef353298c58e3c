select record from gateway_config order by version for update
