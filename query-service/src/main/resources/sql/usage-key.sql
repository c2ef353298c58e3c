    coalesce(case cast(:dimension as text)
        when 'model' then {row}.model
        when 'deployment' then {row}.deployment
        when 'provider_id' then {row}.provider_id
        when 'api_key_id' then {row}.api_key_id
        when 'user_id' then {row}.user_id
        when 'team_id' then {row}.team_id
        when 'endpoint' then {row}.endpoint
        when 'outcome' then {row}.outcome end, '')
