package io.llmplatform.proxy.config;

import io.llmplatform.contracts.config.ConfigRecord;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Configurations for tests of what goes by them. */
public final class Configs {
    private Configs() {}

    public static GatewayConfig of(List<ProviderConfig> providers, List<ConfigRecord.Model> models) {
        return new GatewayConfig(
                Map.of(),
                Map.of(),
                Map.of(),
                providers.stream().collect(Collectors.toMap(ProviderConfig::id, Function.identity())),
                models.stream().collect(Collectors.toMap(ConfigRecord.Model::name, Function.identity())),
                Map.of(),
                Set.of(),
                List.of(),
                null);
    }
}
