select position from readmodel.entity_version
where at <= :at
order by at desc, position desc limit 1
