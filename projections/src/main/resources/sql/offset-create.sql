insert into readmodel.projection_offset (projection, build, topic, partition, place, next_offset)
values (:projection, :build, :topic, :partition, :place, 0)
on conflict (projection, build, topic, partition) do nothing
