select next_offset from readmodel.projection_offset
where projection = :projection and version = :version and topic = :topic and partition = :partition
