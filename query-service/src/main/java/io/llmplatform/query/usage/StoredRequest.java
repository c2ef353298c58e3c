package io.llmplatform.query.usage;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.usage.RequestKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is not plain in a row of {@code usage_request}: the columns {@code request_key} and {@code rest}. */
public final class StoredRequest {
    private StoredRequest() {}

    public static String id(ResultSet row) throws SQLException {
        var id = rest(row).map(rest -> rest.get("id")).orElse(null);
        return id == null ? RequestKey.read(row.getObject("request_key", UUID.class)) : id.stringValue();
    }

    public static @Nullable JsonNode trail(ResultSet row) throws SQLException {
        return rest(row).map(rest -> rest.get("trail")).orElse(null);
    }

    private static Optional<JsonNode> rest(ResultSet row) throws SQLException {
        var rest = row.getString("rest");
        return rest.isEmpty()
                ? Optional.empty()
                : Optional.of(ContractJson.mapper().readTree(rest));
    }
}
