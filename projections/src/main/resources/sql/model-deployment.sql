insert into readmodel.deployment (id, model_id, place, provider_id, upstream_model, weight)
values (:id, :model_id, :place, :provider_id, :upstream_model, :weight)
