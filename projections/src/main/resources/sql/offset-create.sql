insert into readmodel.projection_offset (projection, version, topic, partition, next_offset)
values (:projection, :version, :topic, :partition, 0)
on conflict (projection, version, topic, partition) do nothing
