insert into readmodel.projection_build (projection, build, version, place, role, swap_when, schema_version)
select :projection, n, :version, 'build_' || cast(:projection as text) || '_' || n, 'building', :swap_when, :schema_version
from (select coalesce(max(build), 0) + 1 as n from readmodel.projection_build where projection = :projection) next
