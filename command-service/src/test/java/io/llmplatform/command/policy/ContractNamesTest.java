package io.llmplatform.command.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.command.provider.ProviderType;
import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.contracts.policy.Endpoints;
import io.llmplatform.contracts.policy.Routing;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Names that stand in the code and in {@code management.yaml} are the same in both. */
class ContractNamesTest {
    @Test
    void theContractListsWhatTheCodeKnows() throws IOException {
        var schemas = schemas();

        assertThat(schemas.get("Endpoint")).containsEntry("enum", Endpoints.ALL);
        assertThat(schemas.get("ProviderType"))
                .containsEntry(
                        "enum",
                        Stream.of(ProviderType.values()).map(ProviderType::wire).toList());
        assertThat(property(schemas, "Routing", "strategy"))
                .isEqualTo(Stream.of(Routing.Strategy.values())
                        .map(Routing.Strategy::wire)
                        .toList());
        assertThat(property(schemas, "Budget", "period"))
                .isEqualTo(Stream.of(Budget.Period.values())
                        .map(Budget.Period::wire)
                        .toList());
    }

    @SuppressWarnings("unchecked")
    private static List<String> property(Map<String, Map<String, Object>> schemas, String schema, String property) {
        var properties = (Map<String, Map<String, Object>>) schemas.get(schema).get("properties");
        return (List<String>) properties.get(property).get("enum");
    }

    private static Map<String, Map<String, Object>> schemas() throws IOException {
        try (InputStream yaml = ContractNamesTest.class.getResourceAsStream("/openapi/management.yaml")) {
            Map<String, Map<String, Map<String, Map<String, Object>>>> document = new Yaml().load(yaml);
            return document.get("components").get("schemas");
        }
    }
}
