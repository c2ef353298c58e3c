insert into readmodel.parked_event (projection, version, topic, partition, "offset", key, error, payload)
values (:projection, :version, :topic, :partition, :offset, :key, :error, :payload)
on conflict (projection, version, topic, partition, "offset") do nothing
