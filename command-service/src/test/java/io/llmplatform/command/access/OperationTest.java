package io.llmplatform.command.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The table against the contract. */
class OperationTest {
    private static final Set<String> METHODS = Set.of("post", "put", "patch", "delete");

    @Test
    void everyWriteOfTheContractIsInTheTableAndNothingElse() throws IOException {
        var contract = new ArrayList<String>(List.of(
                "GET /auth/me",
                "GET /auth/sessions",
                "GET /auth/jwks",
                "GET /auth/second-factor",
                "GET /auth/methods",
                "GET /auth/oidc/start",
                "GET /auth/oidc/callback"));
        paths().forEach((path, operations) -> operations.keySet().stream()
                .filter(METHODS::contains)
                .filter(method -> !isTheGateways(operations.get(method)))
                .map(method -> method.toUpperCase(java.util.Locale.ROOT) + " " + path)
                .forEach(contract::add));

        assertThat(Set.of(Operation.values()).stream().map(o -> o.method() + " " + o.path()))
                .containsExactlyInAnyOrderElementsOf(contract);
    }

    private static boolean isTheGateways(Object operation) {
        return operation instanceof Map<?, ?> map && "gateway".equals(map.get("x-served-by"));
    }

    /** Logging in has neither: its attempts must count, and its tokens must not be given twice. */
    @Test
    void everyWriteButThoseOfLoginsTellsOfItsIdempotencyKeyAndDryRun() throws IOException {
        var shared = List.of(
                Map.of("$ref", "#/components/parameters/idempotencyKey"),
                Map.of("$ref", "#/components/parameters/dryRun"));

        paths().forEach((path, operations) -> operations.forEach((method, operation) -> {
            if (METHODS.contains(method) && operation instanceof Map<?, ?> described && !isTheGateways(operation)) {
                var parameters = described.get("parameters") instanceof List<?> list ? list : List.of();
                assertThat(parameters.containsAll(shared))
                        .as(method + " " + path)
                        .isEqualTo(!path.startsWith("/auth/"));
            }
        }));
    }

    @Test
    void aPathIsTakenAsAWholeOrNotAtAll() {
        assertThat(Operation.of("POST", "/api/admin/v1/users")).contains(Operation.CREATE_USER);
        assertThat(Operation.of("POST", "/api/admin/v1/users/usr_1/disable")).contains(Operation.DISABLE_USER);
        assertThat(Operation.of("POST", "/api/admin/v1/users/")).isEmpty();
        assertThat(Operation.of("POST", "/api/admin/v1/users/a/b/disable")).isEmpty();
        assertThat(Operation.of("POST", "/x/api/admin/v1/auth/login")).isEmpty();
    }

    private static Map<String, Map<String, Object>> paths() throws IOException {
        try (InputStream yaml = OperationTest.class.getResourceAsStream("/openapi/management.yaml")) {
            Map<String, Map<String, Map<String, Object>>> document = new Yaml().load(yaml);
            return document.get("paths");
        }
    }
}
