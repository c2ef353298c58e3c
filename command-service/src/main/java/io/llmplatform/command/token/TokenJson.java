package io.llmplatform.command.token;

import io.jsonwebtoken.io.AbstractDeserializer;
import io.jsonwebtoken.io.AbstractSerializer;
import io.llmplatform.contracts.json.ContractJson;
import java.io.OutputStream;
import java.io.Reader;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/** Lets jjwt use Jackson 3, for which it has no module yet. */
final class TokenJson {
    private static final TypeReference<Map<String, ?>> CLAIMS = new TypeReference<>() {};

    private TokenJson() {}

    static final class Writer extends AbstractSerializer<Map<String, ?>> {
        @Override
        protected void doSerialize(Map<String, ?> claims, OutputStream out) {
            ContractJson.mapper().writeValue(out, claims);
        }
    }

    static final class Reading extends AbstractDeserializer<Map<String, ?>> {
        @Override
        protected Map<String, ?> doDeserialize(Reader reader) {
            return ContractJson.mapper().readValue(reader, CLAIMS);
        }
    }
}
