package io.llmplatform.query.column;

import io.llmplatform.contracts.json.ContractJson;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A {@code jsonb} column, answered as it was stored: the projections write it in the form of the management API. */
@Converter
public class JsonColumn implements AttributeConverter<JsonNode, String> {
    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable JsonNode value) {
        return value == null ? null : value.toString();
    }

    @Override
    public @Nullable JsonNode convertToEntityAttribute(@Nullable String text) {
        return parse(text);
    }

    /** The column of a row outside of JPA. */
    public static @Nullable JsonNode read(ResultSet row, String column) throws SQLException {
        return parse(row.getString(column));
    }

    private static @Nullable JsonNode parse(@Nullable String text) {
        return text == null ? null : ContractJson.mapper().readTree(text);
    }
}
