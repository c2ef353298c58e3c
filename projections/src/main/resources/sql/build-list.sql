select projection, build, version, place, role, paused, swap_when, compare_wanted, schema_version, caught_up_at is not null as caught_up
from readmodel.projection_build
