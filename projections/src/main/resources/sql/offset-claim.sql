update readmodel.projection_offset set next_offset = :next
where projection = :projection and build = :build and topic = :topic and partition = :partition
  and place = :place and next_offset = :expected
