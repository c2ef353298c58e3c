insert into readmodel.parked_event (projection, build, topic, partition, "offset", key, error, payload)
values (:projection, :build, :topic, :partition, :offset, :key, :error, :payload)
on conflict (projection, build, topic, partition, "offset") do nothing
