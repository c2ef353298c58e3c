package io.llmplatform.query.usage;

import java.sql.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What people call the things that ids stand for. */
@Component
public class KeyNames {
    private final JdbcClient jdbc;

    KeyNames(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of those that are known; empty for dimensions whose values are names. */
    public Map<String, String> of(Dimension dimension, List<String> ids) {
        var sql =
                switch (dimension) {
                    case USER_ID -> "select id, username as name from readmodel.users where id = any(?)";
                    case TEAM_ID -> "select id, name from readmodel.team where id = any(?)";
                    case API_KEY_ID -> "select id, name from readmodel.api_key where id = any(?)";
                    case PROVIDER_ID -> "select id, name from readmodel.provider where id = any(?)";
                    case MODEL, DEPLOYMENT, ENDPOINT, OUTCOME -> null;
                };
        var names = new HashMap<String, String>();
        if (sql != null) {
            jdbc.sql(sql).param(1, ids.toArray(String[]::new), Types.ARRAY).query(row -> {
                names.put(row.getString("id"), row.getString("name"));
            });
        }
        return names;
    }
}
