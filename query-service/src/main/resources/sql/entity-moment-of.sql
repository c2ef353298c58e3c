select at from readmodel.entity_version
where position <= :position
order by position desc limit 1
