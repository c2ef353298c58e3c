package io.llmplatform.command.sso;

import io.jsonwebtoken.io.AbstractDeserializer;
import io.llmplatform.contracts.json.ContractJson;
import java.io.Reader;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/** Lets jjwt read JSON by Jackson 3, for which it has no module yet. */
final class JwkJson<T> extends AbstractDeserializer<T> {
    private final TypeReference<T> type;

    private JwkJson(TypeReference<T> type) {
        this.type = type;
    }

    static JwkJson<Map<String, ?>> claims() {
        return new JwkJson<>(new TypeReference<>() {});
    }

    @Override
    protected T doDeserialize(Reader reader) {
        return ContractJson.mapper().readValue(reader, type);
    }
}
