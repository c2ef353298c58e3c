update readmodel.projection_offset set next_offset = :next
where projection = :projection and version = :version and topic = :topic and partition = :partition
  and next_offset = :expected
