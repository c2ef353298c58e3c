package io.llmplatform.proxy.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.policy.Endpoints;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OperationTest {
    @Test
    void administratorsKnowTheOperationsByTheNamesThatTheGatewayUses() {
        var ours = Arrays.stream(Operation.values())
                .filter(operation -> !operation.path().isEmpty())
                .map(Operation::wire);
        assertThat(Stream.concat(ours, Stream.of(Endpoints.MODELS)).toList())
                .containsExactlyInAnyOrderElementsOf(Endpoints.ALL);
    }

    @Test
    void isFoundByItsPath() {
        assertThat(Operation.at("/audio/speech")).contains(Operation.SPEECH);
        assertThat(Operation.at("")).isEmpty();
        assertThat(Operation.at("/audio")).isEmpty();
    }
}
