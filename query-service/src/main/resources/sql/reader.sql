select u.username, c.record ->> 'sealing_key' as sealing_key
from readmodel.users u
left join readmodel.gateway_config c on c.key = 'user/' || u.id
where u.id = :id
