insert into deployment
    (id, model_id, place, provider_id, upstream_model, weight, priority, condition, limits, price)
values (:id, :model_id, :place, :provider_id, :upstream_model, :weight, :priority, cast(:condition as jsonb),
        cast(:limits as jsonb), cast(:price as jsonb))
