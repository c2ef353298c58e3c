package io.llmplatform.command.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.command.Service;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InternalUpstreamsIT {
    private static final String INSIDE = "http://127.0.0.1:11434/v1";

    @Test
    void areRefusedUnlessAllowed() {
        try (var service = Service.start(Map.of("UPSTREAM_ALLOW_PRIVATE", "false"))) {
            var admin = service.admin();
            var refused = service.post("providers", admin, provider("Inside", INSIDE));
            assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
            assertThat(refused.field()).isEqualTo("base_url");
            assertThat(refused.body()).contains("UPSTREAM_ALLOW_PRIVATE");

            var outside = service.post("providers", admin, provider("Outside", "https://api.example.com/v1"));
            assertThat(outside.status()).isEqualTo(201);
            assertThat(service.patch("providers/" + outside.id(), admin, Map.of("base_url", INSIDE))
                            .field())
                    .isEqualTo("base_url");
        }
    }

    @Test
    void areAllowedInDemoMode() {
        try (var service = Service.start()) {
            assertThat(service.post("providers", service.admin(), provider("Inside", INSIDE))
                            .status())
                    .isEqualTo(201);
        }
    }

    private static Map<String, String> provider(String name, String baseUrl) {
        return Map.of("name", name, "type", "openai-compatible", "base_url", baseUrl);
    }
}
