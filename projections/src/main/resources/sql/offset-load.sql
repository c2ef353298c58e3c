select next_offset from readmodel.projection_offset
where projection = :projection and build = :build and topic = :topic and partition = :partition
